import { ARMS } from "../../scenario/arms/arm.ts";
import { ARM_STYLES, REFERENCE_STYLE, SUBSTANCE_STYLES } from "../svg/palette.ts";

const BASE = `
:root{--ground:#fff;--surface:#fff;--ink:#222;--muted:#5e5e5e;--rule:#ddd;--grid:#e4e4e4;--base:#999;--shade:#f3efe0;
--block:#f6f6f6;--edge:#666;--soft:#f5f6f7;--accent:#00785a;--bad:#b00020;--warn:#8f6300;color-scheme:light dark}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--ink);
font:15px/1.5 Inter,"Helvetica Neue",Helvetica,Arial,"Liberation Sans",sans-serif}
main{max-width:1120px;margin:0 auto;padding:28px 24px 64px}
h1{font-size:27px;line-height:1.2;margin:0 0 6px}
h2{font-size:19px;margin:44px 0 10px;padding-top:14px;border-top:1px solid var(--rule)}
h3{font-size:15px;margin:22px 0 6px}
p{max-width:72ch;margin:8px 0}
.lead{font-size:17px;color:var(--muted)}
.facts{color:var(--muted);font-size:13px;max-width:none}
nav{font-size:13px;margin:14px 0}
nav a{margin-right:14px;white-space:nowrap}
a{color:var(--accent)}
.pill{display:inline-block;border:1px solid currentColor;border-radius:99px;padding:0 9px;font-size:12px;margin-right:6px}
.pill.done{color:var(--accent)}.pill.failed{color:var(--bad)}.pill.interrupted{color:var(--warn)}
.notice{border-left:4px solid var(--bad);background:var(--soft);padding:8px 14px;margin:12px 0}
figure{margin:18px 0;overflow-x:auto}
figure svg{display:block;max-width:100%;height:auto;min-width:min(100%,500px)}
figcaption{font-size:13px;color:var(--muted);max-width:80ch;margin-top:4px}
.pairs{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,480px),1fr));gap:0 22px}
table{border-collapse:collapse;font-size:13.5px;margin:10px 0;font-variant-numeric:tabular-nums}
.scroll{overflow-x:auto}
th,td{padding:4px 12px 4px 0;border-bottom:1px solid var(--rule);text-align:left;vertical-align:top}
th{font-weight:600;white-space:nowrap}
td.n,th.n{text-align:right;white-space:nowrap}td.unit{white-space:nowrap}
td.why{min-width:16em}
code,pre{font:12.5px/1.45 ui-monospace,"SF Mono",Menlo,Consolas,"Liberation Mono",monospace}
code{overflow-wrap:anywhere}
pre{background:var(--soft);padding:10px 14px;overflow-x:auto;border-radius:4px}
.switches{position:sticky;top:0;z-index:2;background:var(--ground);border-bottom:1px solid var(--rule);padding:8px 0;
display:flex;flex-wrap:wrap;gap:4px 18px;font-size:14px}
.switches label{display:flex;gap:6px;align-items:center;font-weight:600;cursor:pointer}
.switches .dot{width:18px;height:0;border-top:3px solid}
details{margin:8px 0}summary{cursor:pointer;color:var(--muted);font-size:13.5px}
.readout{position:fixed;pointer-events:none;background:var(--surface);color:var(--ink);border:1px solid var(--base);
border-radius:4px;padding:5px 9px;font-size:12px;line-height:1.45;box-shadow:0 2px 8px #0003;display:none;z-index:3;
font-variant-numeric:tabular-nums;white-space:nowrap}
.readout b{display:inline-block;width:8px;height:8px;border-radius:4px;margin-right:6px}
.cursor{stroke:var(--ink);stroke-width:1;opacity:.5;pointer-events:none}
`;

/** Figures carry light colours of their own; on screen the page's colours come first. */
const FIGURES = `
.figure .ground{fill:none}.figure .ink{fill:var(--ink)}.figure .muted{fill:var(--muted)}
.figure .grid{stroke:var(--grid)}.figure .base{stroke:var(--base)}.figure .window{fill:var(--shade)}
.figure .instant{stroke:var(--muted)}
.figure .halo{stroke:var(--surface)}.figure .mark:not(.reference){stroke:var(--surface)}.figure .mark.reference{fill:var(--surface)}
.figure .measured circle,.figure circle.measured{fill:var(--surface);stroke:var(--ink)}
.figure .measured line{stroke:var(--ink)}.figure .block{fill:var(--block);stroke:var(--rule)}
.figure .edge{stroke:var(--edge)}.figure .head{fill:var(--edge)}.figure .ring{fill:var(--surface);stroke:var(--edge)}
.figure .unknown rect,.figure .unknown path{fill:var(--surface)}
`;

const DARK_GROUND = `
:root{--ground:#16181b;--surface:#16181b;--ink:#e8e8e8;--muted:#a8adb3;--rule:#34383d;--grid:#2c3035;--base:#767b82;
--shade:#2b2a20;--block:#1d2024;--edge:#a0a5ab;--soft:#1f2226;--accent:#2fc99b;--bad:#ff7a85;--warn:#f0be55}
`;

function darkLines(): string {
  const rules = [
    ...ARMS.map((arm) => [`arm-${arm}`, ARM_STYLES[arm].dark] as const),
    ["reference", REFERENCE_STYLE.dark] as const,
    ...SUBSTANCE_STYLES.map((style, i) => [`substance-${i}`, style.dark] as const),
  ];
  return rules
    .map(
      ([name, colour]) =>
        `.figure .line.${name},.figure .leader.${name},.figure .mark.reference.${name}{stroke:${colour}}` +
        `.figure .name.${name},.figure .mark.${name}:not(.reference){fill:${colour}}.dot.${name}{border-color:${colour}}`,
    )
    .join("\n");
}

/** Switched-off lines vanish without a script. */
function switches(): string {
  const dots = ARMS.map((arm) => `.dot.arm-${arm}{border-color:${ARM_STYLES[arm].colour}}`);
  const hidden = [...ARMS.map((arm) => `arm-${arm}`), "reference"].map(
    (name) => `html:has(#show-${name}:not(:checked)) .figure .panel .${name}{display:none}`,
  );
  return [...dots, `.dot.reference{border-color:${REFERENCE_STYLE.colour}}`, ...hidden].join("\n");
}

const PRINT = `
@media print{main{max-width:none;padding:0}.switches,nav{display:none}figure,table,tr{break-inside:avoid}h2{break-after:avoid}
}
@media (max-width:640px){main{padding:16px 14px 40px}h1{font-size:22px}figure svg{min-width:500px}}
`;

/** The style sheet of a report: light, dark, narrow and print. */
export function reportStyle(): string {
  return [
    BASE,
    FIGURES,
    switches(),
    `@media screen and (prefers-color-scheme:dark){${DARK_GROUND}${darkLines()}}`,
    PRINT,
  ]
    .join("\n")
    .trim();
}
