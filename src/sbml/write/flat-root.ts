import { copyOf, type Part } from "../comp/instance.ts";
import { isComp } from "../comp/references.ts";
import { RDF } from "../namespaces.ts";
import type { OpenedSbml } from "../read.ts";

/** The file with its submodels merged: nothing of comp is left, and every metaid is there once. */
export function flatRoot({ root, model }: OpenedSbml): Part {
  const same = (): boolean => false;
  const flat = copyOf(model, same, "");
  const copy = copyOf(
    { ...root, children: root.children.filter((c) => c.name === "notes" || c.name === "annotation") },
    same,
    "",
  );
  copy.children.push(flat);
  withoutComp(copy);
  uniqueMetaids(copy, new Map());
  return copy;
}

function withoutComp(part: Part): void {
  part.attributes = part.attributes.filter((a) => !isComp(a.uri));
  part.children = part.children.filter((c) => !isComp(c.uri));
  if (part.declarations !== undefined) part.declarations = part.declarations.filter(([, uri]) => !isComp(uri));
  part.children.forEach(withoutComp);
}

/** Two instances of one definition carry the same metaids, which XML does not allow. */
function uniqueMetaids(part: Part, seen: Map<string, number>): void {
  const metaid = part.attributes.find((a) => a.name === "metaid" && a.uri === "")?.value;
  if (metaid !== undefined) {
    const count = (seen.get(metaid) ?? 0) + 1;
    seen.set(metaid, count);
    if (count > 1) renameMetaid(part, metaid, unused(metaid, seen));
  }
  for (const c of part.children) uniqueMetaids(c, seen);
}

function unused(metaid: string, seen: Map<string, number>): string {
  let n = 2;
  while (seen.has(`${metaid}_${n}`)) n++;
  seen.set(`${metaid}_${n}`, 1);
  return `${metaid}_${n}`;
}

/** An element's metaid, with what its annotation says about it. */
function renameMetaid(part: Part, from: string, to: string): void {
  part.attributes = part.attributes.map((a) => (a.name === "metaid" && a.uri === "" ? { ...a, value: to } : a));
  const follow = (e: Part): void => {
    e.attributes = e.attributes.map((a) =>
      a.name === "about" && a.uri === RDF && a.value === `#${from}` ? { ...a, value: `#${to}` } : a,
    );
    e.children.forEach(follow);
  };
  for (const c of part.children) if (c.name === "annotation") follow(c);
}
