import { writeFileSync } from "node:fs";
import type { ModelResult } from "../pathways/measure-model.ts";
import { meanRatio, QUANTITIES, ratios } from "../pathways/summary.ts";
export interface PeerRun {
  readonly contenders: readonly string[];
  readonly machine: string;
  readonly node: string;
  readonly results: readonly ModelResult[];
}
export function writeReport(run: PeerRun): void {
  const [us = "", ...peers] = run.contenders;
  for (const peer of peers)
    for (const q of QUANTITIES)
      console.log(
        peer,
        q,
        meanRatio(run.results, us, peer, q).toFixed(2),
        ratios(run.results, us, peer, q).length,
        "models; slower than half:",
        ratios(run.results, us, peer, q)
          .filter((r) => r.ratio < 0.5)
          .map((r) => `${r.name} ${r.ratio.toFixed(2)}`)
          .join(" "),
      );
  void writeFileSync;
}
