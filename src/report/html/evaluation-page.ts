import type { Figure } from "../svg/figure.ts";
import { html } from "../svg/markup.ts";
import { figureBlock } from "./figure-block.ts";
import { markdownBlocks } from "./markdown.ts";
import { htmlPage } from "./page.ts";

const POLICY = "default-src 'none'; style-src 'unsafe-inline'";

/**
 * An evaluation as one HTML file, nothing loaded from elsewhere: its figures, then its tables and words.
 * @param markdown what the evaluation says: headings, tables, lists and paragraphs
 */
export function evaluationPage(title: string, markdown: string, figures: readonly Figure[]): string {
  const main = html("main", {}, html("h1", {}, title), figures.map(figureBlock), markdownBlocks(markdown));
  return htmlPage({ title, policy: POLICY }, main);
}
