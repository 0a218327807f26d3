import type { Figure } from "../svg/figure.ts";
import { html, type Markup, raw } from "../svg/markup.ts";

/** A figure with its caption. */
export function figureBlock({ svg, caption }: Figure): Markup {
  return html("figure", {}, raw(svg), html("figcaption", {}, caption));
}
