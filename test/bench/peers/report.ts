import { readFileSync, writeFileSync } from "node:fs";
import type { ModelResult } from "../pathways/measure-model.ts";
import { figure, meanRatio, QUANTITIES, type Quantity, ratios } from "../pathways/summary.ts";
import { ratioFigure } from "./ratio-figure.ts";

/** One run of all contenders; this project is the first of them. */
export interface PeerRun {
  readonly contenders: readonly string[];
  readonly machine: string;
  readonly node: string;
  readonly results: readonly ModelResult[];
}

const README = new URL("../README.md", import.meta.url);
const FIGURE = new URL("../pathways.svg", import.meta.url);
const [BEGIN, END] = ["<!-- measured: written by peers/report.ts -->", "<!-- end of what is written -->"];
const NAMES: Readonly<Record<Quantity, string>> = {
  load: "load",
  first: "first simulation",
  "load and first": "load and first simulation",
  repeat: "repeated simulation",
  scan: "scan of 1,000 values (here on two threads)",
  "equal error": "repeated simulation at equal error",
};

/** Writes tables into the README of the benchmarks, and the figure beside it. */
export function writeReport(run: PeerRun): void {
  writeFileSync(FIGURE, ratioFigure(run));
  const text = readFileSync(README, "utf8");
  const [before = "", rest = ""] = text.split(BEGIN);
  const after = rest.split(END)[1] ?? "";
  const tables = [origin(run), summary(run), slow(run), failures(run), models(run)].join("\n\n");
  writeFileSync(README, `${before}${BEGIN}\n\n${tables}\n\n${END}${after}`);
}

function origin({ contenders, machine, node, results }: PeerRun): string {
  return `${results.length} models; ${contenders.join(", ")}; Node ${node}; ${machine}.`;
}

/** Geometric means of (peer's time / ours). */
function summary({ contenders, results }: PeerRun): string {
  const [us = "", ...peers] = contenders;
  const rows = QUANTITIES.map((quantity) => {
    const cells = peers.map((peer) => {
      const found = ratios(results, us, peer, quantity);
      return `${meanRatio(results, us, peer, quantity).toFixed(2)} (${found.length} models)`;
    });
    return `| ${NAMES[quantity]} | ${cells.join(" | ")} |`;
  });
  const head = `| times faster than | ${peers.join(" | ")} |\n|---|${peers.map(() => "---").join("|")}|`;
  return `${head}\n${rows.join("\n")}`;
}

/** Why a model is slower than half the peer's speed, as far as it was found out: by quantity, peer and model. */
const REASONS = JSON.parse(readFileSync(new URL("reasons.json", import.meta.url), "utf8")) as Partial<
  Record<Quantity, Readonly<Record<string, Readonly<Record<string, string>>>>>
>;

/** Models on which this project takes more than twice the peer's time, a line each. */
function slow({ contenders, results }: PeerRun): string {
  const [us = "", ...peers] = contenders;
  const lines = peers.flatMap((peer) =>
    (["load", "repeat", "scan", "equal error"] as const).flatMap((quantity) => {
      const found = ratios(results, us, peer, quantity).filter(({ ratio }) => ratio < 0.5);
      const reasons = REASONS[quantity]?.[peer.split(" ")[0] ?? ""] ?? {};
      return found.map(
        ({ name, ratio }) =>
          `- ${NAMES[quantity]}, ${peer}, ${name} (${ratio.toFixed(2)}): ${reasons[name] ?? "not looked into"}`,
      );
    }),
  );
  return `Slower than half the peer's speed:\n\n${lines.length === 0 ? "none" : lines.join("\n")}`;
}

function failures({ contenders, results }: PeerRun): string {
  const lines = contenders.flatMap((name) =>
    results.flatMap((r) => {
      const said = r.contenders[name];
      return typeof said === "string" ? [`- ${r.name}, ${name}: ${said.slice(0, 140)}`] : [];
    }),
  );
  return `Not run:\n\n${lines.length === 0 ? "none" : lines.join("\n")}`;
}

/** Milliseconds of each contender, model by model; the scan in seconds. */
function models({ contenders, results }: PeerRun): string {
  const shown = ["load", "repeat", "scan", "equal error"] as const;
  const head = `| model | species | reactions | ${shown.map((q) => `${q}, ${q === "scan" ? "s" : "ms"}`).join(" | ")} |`;
  const rows = results.map((r) => {
    const cells = shown.map((quantity) =>
      contenders.map((name) => cell(figure(r.contenders[name], quantity), quantity === "scan" ? 1 : 1000)).join(" / "),
    );
    return `| ${r.name} | ${r.species} | ${r.reactions} | ${cells.join(" | ")} |`;
  });
  const order = contenders.map((c) => c.split(" ")[0]).join(" / ");
  return `Each cell: ${order}.\n\n${head}\n|---|---|---|${shown.map(() => "---").join("|")}|\n${rows.join("\n")}`;
}

function cell(value: number | undefined, factor: number): string {
  return value === undefined || !Number.isFinite(value)
    ? "-"
    : (value * factor).toPrecision(3).replace(/e\+(\d)$/, "e$1");
}
