import type { AnalysisResult, AnalysisRow } from "../../scenario/analyses/analysis.ts";
import { type ScaleLinear, scaleLinear } from "../../vendor/d3.ts";
import { mainArm } from "../findings/sample.ts";
import type { ReportInput } from "../input.ts";
import { bottomAxis, type Frame } from "../svg/axis.ts";
import { type Figure, figure, fileStem, label } from "../svg/figure.ts";
import { fitted, hours, number, textWidth } from "../svg/format.ts";
import { svg } from "../svg/markup.ts";
import { GRID, MUTED, REFERENCE_STYLE, SUBSTANCE_STYLES } from "../svg/palette.ts";

/** Most subjects, and most instants, that are drawn. */
const MOST = { subjects: 28, instants: 6 } as const;
const LANE = 7;
const PLOT = 420;
const TOP = 70;
const NOTHING = 1e-9;

/** A series of one figure: an instant of one run. */
interface Series {
  readonly text: string;
  readonly colour: string;
  /** Growth, 1/h. */
  readonly objective: number;
  readonly rows: ReadonlyMap<string, AnalysisRow>;
}

/** A figure for each analysis of a scenario: its answers in the main arm, the subjects that vary most. */
export function analysisFigures(input: ReportInput): Figure[] {
  const arm = mainArm(input)?.name;
  const shown = (input.analyses ?? []).filter((found) => found.arm === arm && found.rows.length > 0);
  const names = [...new Set(shown.map(({ analysis }) => analysis))];
  return names.flatMap((name) => drawn(shown.filter(({ analysis }) => analysis === name)) ?? []);
}

function drawn(found: readonly AnalysisResult[]): Figure | undefined {
  const [first] = found;
  if (first === undefined) return undefined;
  const series = found.slice(0, MOST.instants).map(seriesOf);
  const all = [...new Set(series.flatMap(({ rows }) => [...rows.keys()]))];
  const deletes = first.asks === "knockout" || first.asks === "essential";
  const weightOf = deletes ? lossOf : spreadOf;
  const heaviest = all
    .map((id) => ({ id, weight: weightOf(series, id) }))
    .filter(({ weight }) => deletes || weight > NOTHING)
    .toSorted((a, b) => b.weight - a.weight);
  const subjects = (first.asks === "envelope" ? all : heaviest.map(({ id }) => id)).slice(0, MOST.subjects);
  if (subjects.length === 0) return undefined;
  const nameOf = (id: string) => series.flatMap(({ rows }) => rows.get(id)?.name ?? [])[0] ?? id;
  const left = 36 + Math.min(200, Math.max(...subjects.map((id) => textWidth(nameOf(id), 11))));
  const row = LANE * series.length + 5;
  const frame: Frame = {
    x: left,
    y: TOP + 16 * Math.ceil(series.length / 3),
    width: PLOT,
    height: row * subjects.length,
  };
  const x = scaleLinear(extent(series, subjects), [frame.x, frame.x + frame.width]).nice();
  const unit = unitOf(first.asks);
  const chosen =
    all.length > subjects.length
      ? `the ${subjects.length} of ${all.length} that ${deletes ? "cost" : "vary or carry"} most`
      : "all";
  const head = {
    name: `analysis-${fileStem(first.analysis)}`,
    title: `${first.analysis}: ${TITLES[first.asks]}`,
    caption:
      `Asked of the ${first.arm} arm within the bounds of each moment: ${series.map(({ text }) => text).join(", ")}; ` +
      `${chosen}. Dots are values, bars ranges. All answers are in analyses.csv.`,
  };
  return figure(
    head,
    { width: left + PLOT + 36, height: frame.y + frame.height + 50 },
    label(18, 26, head.title, { size: 16, weight: 600 }),
    label(18, 45, `${unit}; ${chosen}`, { fill: MUTED }),
    series.map(({ text, colour }, k) => {
      const [at, y] = [18 + 190 * (k % 3), TOP - 4 + 16 * Math.floor(k / 3)];
      return [svg("circle", { cx: at + 5, cy: y - 4, r: 4, fill: colour }), label(at + 14, y, text, { fill: MUTED })];
    }),
    bottomAxis(x, frame, { title: unit, grid: true }),
    subjects.map((id, s) => {
      const y = frame.y + s * row;
      return svg(
        "g",
        { class: "row" },
        svg("line", { x1: frame.x, x2: frame.x + frame.width, y1: y, y2: y, stroke: GRID }),
        label(left - 8, y + row / 2 + 4, fitted(nameOf(id), 11, left - 26), { size: 11, anchor: "end" }),
        series.map((one, k) => mark(one, id, x, y + 5 + LANE * k)),
      );
    }),
  );
}

const TITLES: Readonly<Record<AnalysisResult["asks"], string>> = {
  fba: "fluxes of most growth",
  pfba: "fluxes of most growth, least in total",
  loopless: "fluxes of most growth without circles",
  geometric: "fluxes of most growth, least in total, in the middle",
  lexicographic: "fluxes of most growth, then of further goals",
  fva: "ranges of fluxes",
  envelope: "growth along fluxes that are held",
  sample: "fluxes that are possible",
  moma: "fluxes nearest to the cell's own",
  "linear-moma": "fluxes nearest to the cell's own (1-norm)",
  room: "fluxes with fewest switches",
  "linear-room": "fluxes with least switching",
  knockout: "growth after deletions",
  essential: "growth without essential genes",
  "shadow-prices": "what growth gains by a metabolite",
  "reduced-costs": "what growth gains by raising a flux",
  medium: "the least uptakes",
  blocked: "reactions that can carry nothing",
  "dead-ends": "metabolites only made or only used",
  balance: "unbalanced reactions",
};

/** What the numbers of an answer are. */
function unitOf(asks: AnalysisResult["asks"]): string {
  if (asks === "knockout" || asks === "essential" || asks === "envelope") return "growth, 1/h";
  return asks === "shadow-prices" || asks === "reduced-costs" ? "growth, 1/h, per mmol gDW⁻¹ h⁻¹" : "mmol gDW⁻¹ h⁻¹";
}

function seriesOf({ run, time, rows, objective }: AnalysisResult, k: number): Series {
  const wild = run === "reference";
  const colour = wild ? REFERENCE_STYLE.colour : (SUBSTANCE_STYLES[k % SUBSTANCE_STYLES.length]?.colour ?? "");
  return {
    text: `${wild ? "wild type" : "cell"} at ${hours(time)}`,
    colour,
    objective,
    rows: new Map(rows.map((row) => [row.subject, row])),
  };
}

/** Lowest and highest of a row: its value, or the ends of its range. */
function endsOf(row: AnalysisRow | undefined): [number, number] {
  const ends = row === undefined ? [] : [row.value, row.minimum, row.maximum].filter(Number.isFinite);
  return ends.length === 0 ? [0, 0] : [Math.min(...ends), Math.max(...ends)];
}

/** How far a subject's answers lie apart over all moments; what is the same everywhere counts by its size, a little. */
function spreadOf(series: readonly Series[], id: string): number {
  const ends = series.map(({ rows }) => endsOf(rows.get(id)));
  const apart = (side: 0 | 1) => Math.max(...ends.map((e) => e[side])) - Math.min(...ends.map((e) => e[side]));
  const size = Math.max(...ends.flat().map(Math.abs));
  return size > NOTHING ? apart(0) + apart(1) + 1e-3 * size : 0;
}

/** The largest share of growth that is lost without a gene. */
function lossOf(series: readonly Series[], id: string): number {
  const lost = series.map(({ rows, objective }) => {
    const value = rows.get(id)?.value ?? Number.NaN;
    return objective > NOTHING ? 1 - (Number.isNaN(value) ? 0 : value / objective) : 0;
  });
  return Math.max(...lost);
}

function extent(series: readonly Series[], subjects: readonly string[]): [number, number] {
  const ends = subjects.flatMap((id) => series.flatMap(({ rows }) => endsOf(rows.get(id))));
  return [Math.min(0, ...ends), Math.max(0, ...ends)];
}

function mark({ rows, colour, text }: Series, id: string, x: ScaleLinear<number, number>, y: number) {
  const row = rows.get(id);
  if (row === undefined) return undefined;
  const [least, most] = endsOf(row);
  const said = least === most ? number(least) : `${number(least)} to ${number(most)}`;
  const title = svg("title", {}, `${id}, ${text}: ${row.status === "optimal" ? said : row.status}`);
  if (least === most) return svg("circle", { cx: x(most), cy: y, r: 3, fill: colour }, title);
  return svg(
    "rect",
    { x: x(least), y: y - 2, width: Math.max(1.5, x(most) - x(least)), height: 4, rx: 1, fill: colour },
    title,
  );
}
