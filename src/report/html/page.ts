import { html, type Markup, raw } from "../svg/markup.ts";
import { reportStyle } from "./style.ts";

export interface PageHead {
  readonly title: string;
  /** What the page may load and run: its Content-Security-Policy. */
  readonly policy: string;
  /** What made it, with its version. */
  readonly generator?: string;
}

/** A whole HTML document with our styles inside. */
export function htmlPage({ title, policy, generator }: PageHead, ...body: readonly Markup[]): string {
  const page = html(
    "html",
    { lang: "en" },
    html(
      "head",
      {},
      html("meta", { charset: "utf-8" }),
      html("meta", { name: "viewport", content: "width=device-width, initial-scale=1" }),
      html("meta", { "http-equiv": "Content-Security-Policy", content: policy }),
      generator === undefined ? undefined : html("meta", { name: "generator", content: generator }),
      html("title", {}, title),
      html("style", {}, raw(reportStyle())),
    ),
    html("body", {}, ...body),
  );
  return `<!doctype html>\n${page.markup}\n`;
}
