import type { Figure } from "./figure.ts";
import { figureBlock } from "./html-figure.ts";
import { markdownBlocks } from "./html-markdown.ts";
import { reportStyle } from "./html-style.ts";
import { html, raw } from "./markup.ts";

const POLICY = "default-src 'none'; style-src 'unsafe-inline'";

/**
 * An evaluation as one HTML file, nothing loaded from elsewhere: its figures, then its tables and words.
 * @param markdown what the evaluation says: headings, tables, lists and paragraphs
 */
export function evaluationPage(title: string, markdown: string, figures: readonly Figure[]): string {
  const page = html(
    "html",
    { lang: "en" },
    html(
      "head",
      {},
      html("meta", { charset: "utf-8" }),
      html("meta", { name: "viewport", content: "width=device-width, initial-scale=1" }),
      html("meta", { "http-equiv": "Content-Security-Policy", content: POLICY }),
      html("title", {}, title),
      html("style", {}, raw(reportStyle())),
    ),
    html("body", {}, html("main", {}, html("h1", {}, title), figures.map(figureBlock), markdownBlocks(markdown))),
  );
  return `<!doctype html>\n${page.markup}\n`;
}
