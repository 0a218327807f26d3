import type { SymbolNode } from "mathjs";
import { calledName, nodesOf } from "../math-names.ts";
import type { Report } from "./finding.ts";
import type { Formula } from "./formulas.ts";
import type { ModelView } from "./view.ts";

/** Circles among functions, and among assignment rules, initial assignments and kinetic laws. */
export function checkDependencies(view: ModelView, report: Report): void {
  const functions = view.formulas.filter((f) => f.place === "functionDefinition");
  tellCircles(functions, calls, "20303", report);
  const places = ["assignmentRule", "initialAssignment", "kineticLaw"];
  const determined = view.formulas.filter((f) => places.includes(f.place));
  tellCircles(determined, names, "20906", report);
}

function* calls({ tree }: Formula): Generator<string> {
  if (tree === undefined) return;
  for (const node of nodesOf(tree)) if (node.type === "FunctionNode") yield calledName(node);
}

function* names({ tree, locals }: Formula): Generator<string> {
  if (tree === undefined) return;
  for (const node of nodesOf(tree)) {
    if (node.type !== "SymbolNode") continue;
    const { name } = node as SymbolNode;
    if (!locals.has(name)) yield name;
  }
}

/** Depth first without recursion; each circle is told once, at the first of its formulas. */
function tellCircles(
  formulas: readonly Formula[],
  needs: (f: Formula) => Iterable<string>,
  rule: string,
  report: Report,
): void {
  const byId = new Map(formulas.map((f) => [f.id, f]));
  const done = new Set<Formula>();
  for (const root of formulas) {
    const path: { formula: Formula; rest: Iterator<string> }[] = [];
    const open = new Set<Formula>();
    const enter = (formula: Formula): void => {
      open.add(formula);
      path.push({ formula, rest: needs(formula)[Symbol.iterator]() });
    };
    if (!done.has(root)) enter(root);
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const next = top.rest.next();
      const needed = next.done ? undefined : byId.get(next.value);
      if (needed !== undefined && open.has(needed)) {
        const circle = path.slice(path.findIndex((p) => p.formula === needed)).map((p) => p.formula.label);
        report.add(rule, needed.owner, `these need each other: ${[...circle, needed.label].join(" -> ")}`, {
          id: needed.id,
        });
        break;
      }
      if (needed !== undefined && !done.has(needed)) enter(needed);
      if (!next.done) continue;
      path.pop();
      open.delete(top.formula);
      done.add(top.formula);
    }
    for (const { formula } of path) done.add(formula);
  }
}
