import { KIND_NAMES } from "../figures/differences.ts";
import { armDifferences, topByKind } from "../findings/differences.ts";
import { disagreements } from "../findings/disagreements.ts";
import { mainArm } from "../findings/sample.ts";
import type { ReportInput } from "../input.ts";
import type { Figure } from "../svg/figure.ts";
import { type Child, html } from "../svg/markup.ts";
import { figureBlock } from "./figure-block.ts";
import { differencesTable, disagreementsTable } from "./tables.ts";

const ROWS = 8;

function between(input: ReportInput, drawn: Figure | undefined): Child[] {
  if (input.arms.length < 2) return [];
  const differences = armDifferences(input);
  if (differences.length === 0)
    return [html("p", {}, "The arms agree in every variable to within 0.1 % of its magnitude.")];
  return [
    drawn && figureBlock(drawn),
    html(
      "p",
      { class: "facts" },
      `${differences.length} variables differ between arms by more than 0.1 % of their largest magnitude, averaged over time. ` +
        "The first of each kind, with their values at the hour at which the arms are furthest apart:",
    ),
    topByKind(differences, ROWS).map(({ kind, rows }) => [
      html("h3", {}, KIND_NAMES[kind]),
      differencesTable(input, rows),
    ]),
  ];
}

function within(input: ReportInput): Child[] {
  const arm = mainArm(input);
  const found = arm ? disagreements(arm.trajectory).filter(({ mean }) => mean >= 1e-3) : [];
  if (!arm || found.length === 0) return [];
  return [
    html("h3", {}, `Where two modules answer, ${arm.name} arm`),
    html(
      "p",
      { class: "facts" },
      "One module owns each variable; what another predicted for it was recorded and has no effect. Values at the hour at which the two are furthest apart:",
    ),
    disagreementsTable(input, found.slice(0, 2 * ROWS)),
  ];
}

/** What differs between arms, and between owner and predictor inside the main arm. */
export function armsBody(input: ReportInput, drawn: Figure | undefined): Child[] {
  return [...between(input, drawn), ...within(input)];
}
