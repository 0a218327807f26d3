import type { Tree } from "./cobra-text.ts";

/** A sum of variables and a number. */
export interface LinearExpression {
  /** Coefficient of each variable, by name. */
  readonly terms: ReadonlyMap<string, number>;
  readonly constant: number;
}

/**
 * A linear expression as optlang writes it to JSON: trees of `Add`, `Mul`, `Symbol` and `Number`.
 * @param refused makes the error of what is no such expression, or isn't linear
 * @see https://optlang.readthedocs.io (`expr_to_json`)
 */
export function linearExpression(tree: unknown, refused: (what: string) => Error): LinearExpression {
  const node = (typeof tree === "object" && tree !== null ? tree : {}) as Tree;
  const parts = () => (Array.isArray(node.args) ? node.args : []).map((one) => linearExpression(one, refused));
  switch (node.type) {
    case "Number":
      if (typeof node.value !== "number") throw refused(`has the number ${JSON.stringify(node.value)}`);
      return { terms: new Map(), constant: node.value };
    case "Symbol":
      if (typeof node.name !== "string") throw refused("has a symbol without a name");
      return { terms: new Map([[node.name, 1]]), constant: 0 };
    case "Add":
      return parts().reduce(sum, NOTHING);
    case "Mul":
      return parts().reduce((a, b) => product(a, b, refused), ONE);
    default:
      throw refused(
        node.type === undefined ? "is no expression" : `has '${String(node.type)}', only sums and multiples are read`,
      );
  }
}

const NOTHING: LinearExpression = { terms: new Map(), constant: 0 };
const ONE: LinearExpression = { terms: new Map(), constant: 1 };

function sum(a: LinearExpression, b: LinearExpression): LinearExpression {
  const terms = new Map(a.terms);
  for (const [name, value] of b.terms) terms.set(name, (terms.get(name) ?? 0) + value);
  return { terms, constant: a.constant + b.constant };
}

function product(a: LinearExpression, b: LinearExpression, refused: (what: string) => Error): LinearExpression {
  const [factor, other] = a.terms.size === 0 ? [a, b] : [b, a];
  if (factor.terms.size > 0) throw refused(`isn't linear: it multiplies ${nameOf(a)} with ${nameOf(b)}`);
  const terms = new Map([...other.terms].map(([name, value]) => [name, factor.constant * value]));
  return { terms, constant: factor.constant * other.constant };
}

function nameOf({ terms }: LinearExpression): string {
  return `'${[...terms.keys()].join(" + ")}'`;
}
