import { type Child, svg } from "./markup.ts";
import { FONT, GROUND, INK, MUTED } from "./palette.ts";

/** A finished figure. */
export interface Figure {
  /** File name without extension: lower case, digits and dashes. */
  readonly name: string;
  readonly title: string;
  /** What is seen, in words: the description for those who don't see it and the caption of the report. */
  readonly caption: string;
  /** A whole SVG document. */
  readonly svg: string;
}

/** A file name for an id: `pool:glc__D_e` becomes `pool-glc-d-e`. */
export function fileStem(id: string): string {
  const stem = id
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "");
  return stem === "" ? "unnamed" : stem;
}

/** An SVG document that stands alone, with title and description. */
export function figure(
  head: Omit<Figure, "svg">,
  size: { readonly width: number; readonly height: number },
  ...children: readonly Child[]
): Figure {
  const titleId = `${head.name}-title`;
  const captionId = `${head.name}-desc`;
  const root = svg(
    "svg",
    {
      xmlns: "http://www.w3.org/2000/svg",
      class: "figure",
      viewBox: `0 0 ${Math.ceil(size.width)} ${Math.ceil(size.height)}`,
      width: Math.ceil(size.width),
      height: Math.ceil(size.height),
      role: "img",
      "aria-labelledby": `${titleId} ${captionId}`,
      "font-family": FONT,
      "font-size": 12,
    },
    svg("title", { id: titleId }, head.title),
    svg("desc", { id: captionId }, head.caption),
    svg("rect", { class: "ground", width: "100%", height: "100%", fill: GROUND }),
    children,
  );
  return { ...head, svg: root.markup };
}

export interface TextOptions {
  readonly size?: number;
  readonly weight?: number;
  readonly anchor?: "start" | "middle" | "end";
  readonly fill?: string;
  readonly class?: string;
}

/** Text at a baseline point. */
export function label(x: number, y: number, text: string, options: TextOptions = {}) {
  return svg(
    "text",
    {
      x,
      y,
      class: options.class ?? (options.fill === MUTED ? "muted" : "ink"),
      fill: options.fill ?? INK,
      "font-size": options.size,
      "font-weight": options.weight,
      "text-anchor": options.anchor === "start" ? undefined : options.anchor,
    },
    text,
  );
}
