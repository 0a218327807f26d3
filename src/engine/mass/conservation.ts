import type { Cell } from "../../cell/cell.ts";
import type { Content } from "../../cell/module.ts";
import type { Windows } from "../breaks/windows.ts";
import type { Imbalance } from "./ledger.ts";

/** What a module's rates have to balance in: an element, and how much of it a unit of each target holds. */
export interface Conserved {
  readonly module: string;
  readonly element: string;
  readonly terms: readonly {
    /** Index into the cell's variables. */
    readonly variable: number;
    /** Position among the parts of the owner, and of the contribution in its window. */
    readonly owner: number;
    readonly contribution: number;
    readonly amount: number;
  }[];
  /** Content of the nominal magnitudes: what is small. */
  readonly nominal: number;
}

/** Balance of what is moved, relative to it; and, in units of nominal content an hour, what never matters. */
const CLOSES = 1e-9;
const NOTHING = 1e-8;

/** What has to balance, of all modules that know the content of everything they move. */
export function conservedIn(cell: Cell): Conserved[] {
  return cell.parts.flatMap(({ module }, from): Conserved[] => {
    const { contents, open } = module.matter ?? { contents: [], open: undefined };
    if (open === undefined || contents.length === 0 || contents.includes(undefined)) return [];
    const elements = new Set(contents.flatMap((content) => [...(content?.keys() ?? [])]));
    return [...elements]
      .filter((element) => !open.has(element))
      .map((element) => conserved(cell, from, contents, element))
      .filter(({ terms }) => terms.length > 0);
  });
}

function conserved(cell: Cell, from: number, contents: readonly (Content | undefined)[], element: string): Conserved {
  const first = cell.parts[from]?.rateOffset ?? 0;
  const terms = cell.parts.flatMap((part, owner) =>
    part.receives.flatMap((wire, contribution) => {
      const amount = wire.from === from ? (contents[wire.rate - first]?.get(element) ?? 0) : 0;
      return amount === 0 ? [] : [{ variable: wire.target, owner, contribution, amount }];
    }),
  );
  const nominal = Math.max(
    0,
    ...terms.map(({ variable, amount }) => Math.abs(amount) * (cell.variables[variable]?.nominal ?? 1)),
  );
  return { module: cell.parts[from]?.module.id ?? "", element, terms, nominal };
}

/** The first element that a module made or lost in the windows just advanced, `hours` long. */
export function matterOutOfBalance(all: readonly Conserved[], windows: Windows, hours: number): Imbalance | undefined {
  for (const { module, element, terms, nominal } of all) {
    let [sum, gross, most, variable] = [0, 0, 0, -1];
    for (const term of terms) {
      const moved = term.amount * (windows.perPart[term.owner]?.moved[term.contribution] ?? 0);
      sum += moved;
      gross += Math.abs(moved);
      if (Math.abs(moved) > most) [most, variable] = [Math.abs(moved), term.variable];
    }
    if (!(Math.abs(sum) <= CLOSES * gross + NOTHING * nominal * hours))
      return { variable, module, amount: sum, element };
  }
  return undefined;
}

/** Content of a unit of each variable, by id, as far as modules know it. */
export function contentsIn(cell: Cell): Map<string, Content> {
  const known = new Map<string, Content>();
  for (const { module } of cell.parts)
    module.matter?.contents.forEach((content, k) => {
      const target = module.adds[k]?.target;
      if (content !== undefined && target !== undefined && !known.has(target)) known.set(target, content);
    });
  return known;
}
