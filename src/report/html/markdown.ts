import { html, type Markup } from "../svg/markup.ts";
import { table } from "./tables.ts";

/** The blocks of Markdown that evaluations are written in: headings, tables, lists and paragraphs; emphasis stays text. */
export function markdownBlocks(text: string): Markup[] {
  return text
    .split("\n")
    .reduce<string[][]>((blocks, line) => {
      const last = blocks.at(-1);
      if (line.trim() === "") blocks.push([]);
      else if (last === undefined || last.length === 0 || kindOf(last[0] ?? "") !== kindOf(line) || isHeading(line))
        blocks.push([line]);
      else last.push(line);
      return blocks;
    }, [])
    .flatMap((lines) => (lines.length === 0 ? [] : [block(lines)]));
}

const isHeading = (line: string) => /^#{1,4} /.test(line);

function kindOf(line: string): "heading" | "table" | "list" | "text" {
  if (isHeading(line)) return "heading";
  if (line.startsWith("|")) return "table";
  return /^[-*] /.test(line) ? "list" : "text";
}

function block(lines: readonly string[]): Markup {
  const [first = ""] = lines;
  if (isHeading(first)) return html(first.startsWith("###") ? "h3" : "h2", {}, first.replace(/^#+ /, ""));
  if (kindOf(first) === "table") return tableBlock(lines);
  if (kindOf(first) === "list")
    return html(
      "ul",
      {},
      lines.map((line) => html("li", {}, line.slice(2))),
    );
  return html("p", {}, lines.join(" "));
}

/** Rows of `| a | b |`; the second says by `---:` which columns are numbers. */
function tableBlock([header = "", ruler = "", ...rows]: readonly string[]): Markup {
  const isNumeric = cellsOf(ruler).map((cell) => cell.endsWith(":"));
  const columns = cellsOf(header).map((text, k) => ({ text, numeric: isNumeric[k] === true }));
  return table(columns, rows.map(cellsOf));
}

function cellsOf(line: string): string[] {
  return line
    .replace(/^\||\|\s*$/g, "")
    .split("|")
    .map((cell) => cell.trim());
}
