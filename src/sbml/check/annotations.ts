import { coreLevel } from "../namespaces.ts";
import type { XmlElement } from "../xml.ts";
import type { Report } from "./finding.ts";

const XHTML = "http://www.w3.org/1999/xhtml";

/** Notes and annotations of every element in the core namespace. */
export function checkAnnotations(root: XmlElement, core: string, report: Report): void {
  const walk = (element: XmlElement): void => {
    const notes = element.children.filter((c) => c.name === "notes" && c.uri === core);
    const annotations = element.children.filter((c) => c.name === "annotation" && c.uri === core);
    const [, secondNotes] = notes;
    if (secondNotes !== undefined) report.add("10805", secondNotes, `<${element.name}> has ${notes.length} <notes>`);
    const [, second] = annotations;
    if (second !== undefined)
      report.add("10404", second, `<${element.name}> has ${annotations.length} <annotation> elements`);
    for (const n of notes) checkXhtml(n, "10801", report);
    for (const a of annotations) checkAnnotation(a, report);
    for (const c of element.children) {
      if (c.name === "message" && element.name === "constraint") checkXhtml(c, "21003", report);
      if (!["notes", "annotation", "math", "message"].includes(c.name)) walk(c);
    }
  };
  walk(root);
}

function checkXhtml(holder: XmlElement, rule: string, report: Report): void {
  const stray = holder.children.find((c) => c.uri !== XHTML);
  if (stray !== undefined)
    report.add(rule, stray, `<${stray.name}> in <${holder.name}> is in ${spaceOf(stray)}`, {
      hint: `write <${stray.name} xmlns="${XHTML}">`,
    });
}

function checkAnnotation(annotation: XmlElement, report: Report): void {
  const seen = new Set<string>();
  for (const c of annotation.children) {
    if (c.uri === "") report.add("10401", c, `<${c.name}> in <annotation> is in no namespace`);
    else if (coreLevel(c.uri) !== undefined)
      report.add("10403", c, `<${c.name}> in <annotation> is in the namespace of SBML`, {
        hint: `declare a namespace of its own on <${c.name}>`,
      });
    else if (seen.has(c.uri))
      report.add("10402", c, `<${c.name}> in <annotation> uses the namespace '${c.uri}' a second time`);
    seen.add(c.uri);
  }
}

function spaceOf({ uri }: XmlElement): string {
  return uri === "" ? "no namespace" : `the namespace '${uri}'`;
}
