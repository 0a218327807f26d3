import { figures } from "../figures.ts";
import type { ReportInput } from "../input.ts";
import type { Figure } from "../svg/figure.ts";
import { html, type Markup, raw } from "../svg/markup.ts";
import { htmlPage } from "./page.ts";
import { READOUT_SCRIPT, readoutData } from "./script.ts";
import { head, sections } from "./sections.ts";

const POLICY = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'";

/** Check boxes that show and hide arms; the style sheet does it, no script. */
function switches(input: ReportInput): Markup {
  const names = input.arms.map((arm) => ({ id: `arm-${arm.name}`, text: arm.name as string }));
  if (input.arms.some((arm) => arm.reference)) names.push({ id: "reference", text: "wild type" });
  return html(
    "div",
    { class: "switches", role: "group", "aria-label": "lines shown" },
    names.map(({ id, text }) =>
      html(
        "label",
        {},
        html("input", { type: "checkbox", id: `show-${id}`, checked: "" }),
        html("span", { class: `dot ${id}` }),
        text,
      ),
    ),
  );
}

/**
 * The report of a run: one HTML file with its styles, figures and script inside, nothing loaded from elsewhere.
 * @param drawn the figures, where they were drawn already
 */
export function renderReport(input: ReportInput, drawn: readonly Figure[] = figures(input)): string {
  const parts = sections(input, drawn);
  const generator = `cellweave ${input.provenance.version}`;
  return htmlPage(
    { title: input.title, policy: POLICY, generator },
    html(
      "main",
      {},
      head(input),
      html(
        "nav",
        { "aria-label": "contents" },
        parts.map(({ id, title }) => html("a", { href: `#${id}` }, title)),
      ),
      switches(input),
      parts.map(({ id, title, body }) => html("section", { id }, html("h2", {}, title), body)),
    ),
    html("script", { type: "application/json", id: "values" }, raw(readoutData(input))),
    html("script", {}, raw(READOUT_SCRIPT)),
  );
}
