const XML = "http://www.w3.org/XML/1998/namespace";

export interface ResolvedName {
  readonly name: string;
  readonly uri: string;
  /** Empty where there is none. */
  readonly prefix: string;
}

/** Prefix bindings in force: one scope an element, stored only where the element declares something. */
export class NamespaceScopes {
  private readonly scopes: (ReadonlyMap<string, string> | undefined)[] = [];

  /** Opens the scope of an element from its raw attributes. */
  push(attributes: Record<string, string>): void {
    let scope: Map<string, string> | undefined;
    for (const name in attributes) {
      if (name !== "xmlns" && !name.startsWith("xmlns:")) continue;
      scope ??= new Map();
      scope.set(name === "xmlns" ? "" : name.slice(6), attributes[name] ?? "");
    }
    this.scopes.push(scope);
  }

  pop(): void {
    this.scopes.pop();
  }

  /** What the innermost element binds, by prefix; undefined where it binds nothing. */
  declared(): ReadonlyMap<string, string> | undefined {
    return this.scopes[this.scopes.length - 1];
  }

  /** Namespace and local name; undefined where the prefix is unbound. Attributes without a prefix have none. */
  resolve(qualified: string, isElement: boolean): ResolvedName | undefined {
    const colon = qualified.indexOf(":");
    if (colon < 0) return { name: qualified, uri: isElement ? (this.lookup("") ?? "") : "", prefix: "" };
    const prefix = qualified.slice(0, colon);
    const uri = this.lookup(prefix);
    return uri === undefined ? undefined : { name: qualified.slice(colon + 1), uri, prefix };
  }

  private lookup(prefix: string): string | undefined {
    for (let i = this.scopes.length - 1; i >= 0; i--) {
      const uri = this.scopes[i]?.get(prefix);
      if (uri !== undefined) return uri;
    }
    return prefix === "xml" ? XML : undefined;
  }
}

export const MATHML = "http://www.w3.org/1998/Math/MathML";
export const RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";

/** Level and version that a core namespace stands for; Level 1 and Level 2 Version 1 read the version attribute. */
export function coreLevel(uri: string): { level: number; version: number | undefined } | undefined {
  const match = /^http:\/\/www\.sbml\.org\/sbml\/level(\d)(?:\/version(\d))?(\/core)?$/.exec(uri);
  if (match === null) return undefined;
  const level = Number(match[1]);
  if (level < 1 || level > 3 || (level === 3) !== (match[3] !== undefined)) return undefined;
  return { level, version: match[2] === undefined ? undefined : Number(match[2]) };
}

/** Short name and version that a package namespace stands for. */
export function packageOf(uri: string): { name: string; version: number } | undefined {
  const match = /^http:\/\/www\.sbml\.org\/sbml\/level3\/version\d\/([a-z-]+)\/version(\d)$/.exec(uri);
  return match === null ? undefined : { name: match[1] ?? "", version: Number(match[2]) };
}
