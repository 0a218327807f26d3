import { basename, extname } from "node:path";

const FORMATS = {
  figure: { ending: ".svg", written: "figures are written as SVG", cure: "other tools make PDF or PNG of it" },
  page: { ending: ".html", written: "pages are written as HTML", cure: "a browser prints it as PDF" },
} as const;

/** What a file holds that a command draws: a figure (SVG) or a page (HTML). */
export type Drawn = keyof typeof FORMATS;

/** What is wrong with a file's name that promises another format than what is drawn, or isn't one; undefined for none. */
export function nameFault(kind: Drawn, file: string): { readonly message: string; readonly hint: string } | undefined {
  const { ending, written, cure } = FORMATS[kind];
  const found = extname(file);
  if (file !== "-" && (found === "" || found.toLowerCase() === ending)) return undefined;
  const name = file === "-" ? `${kind}${ending}` : `${basename(file, found)}${ending}`;
  return { message: `${written}, got '${file}'`, hint: `name it '${name}'; ${cure}` };
}
