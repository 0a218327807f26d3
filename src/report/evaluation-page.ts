import type { Figure } from "./figure.ts";
import { figureBlock } from "./html-figure.ts";
import { markdownBlocks } from "./html-markdown.ts";
import { htmlPage } from "./html-page.ts";
import { html } from "./markup.ts";

const POLICY = "default-src 'none'; style-src 'unsafe-inline'";

/**
 * An evaluation as one HTML file, nothing loaded from elsewhere: its figures, then its tables and words.
 * @param markdown what the evaluation says: headings, tables, lists and paragraphs
 */
export function evaluationPage(title: string, markdown: string, figures: readonly Figure[]): string {
  const main = html("main", {}, html("h1", {}, title), figures.map(figureBlock), markdownBlocks(markdown));
  return htmlPage({ title, policy: POLICY }, main);
}
