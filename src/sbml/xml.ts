import { SaxesParser } from "saxes";
import { CellweaveError, type Place } from "../errors.ts";
import { LIMITS, type ReadLimits } from "./limits.ts";
import { NamespaceScopes } from "./namespaces.ts";

export interface XmlAttribute {
  readonly name: string;
  /** Namespace of a prefixed attribute; empty where it has no prefix. */
  readonly uri: string;
  readonly value: string;
  /** The prefix it was written with; absent or empty where it has none. */
  readonly prefix?: string;
}

/** One element with its namespace resolved; places count from 1. */
export interface XmlElement {
  readonly name: string;
  readonly uri: string;
  readonly attributes: readonly XmlAttribute[];
  readonly children: XmlElement[];
  /** Character data directly inside, entities resolved. */
  text: string;
  /** How much of the parent's text came before this element. */
  readonly offset: number;
  readonly line: number;
  readonly column: number;
  /** The prefix it was written with; absent or empty where it has none. */
  readonly prefix?: string;
  /** Prefixes that it binds, with their namespaces; absent where it binds none. */
  readonly declarations?: readonly (readonly [prefix: string, uri: string])[];
}

/** For what never was XML: a scenario, a table. */
const NO_XML_HINT =
  "an SBML file begins with '<?xml' or '<sbml'; scenarios and cells in YAML are run by 'cellweave run'";

type Opening = XmlElement & { declarations?: NonNullable<XmlElement["declarations"]> };

interface Open {
  readonly element: XmlElement;
  readonly qualified: string;
  /** Whether white space inside counts: in notes, annotations and messages. */
  readonly verbatim: boolean;
}

const VERBATIM = new Set(["notes", "annotation", "annotations", "message"]);

/**
 * Reads XML into elements with namespaces resolved.
 *
 * Throws `sbml/xml` with line and column where the text is not well formed, `sbml/doctype` for a document type
 * declaration, `sbml/too-large` and `sbml/too-deep` beyond the limits.
 */
export function parseXml(text: string, file: string | undefined, limits: ReadLimits = LIMITS): XmlElement {
  if (text.length > limits.characters)
    throw new CellweaveError(
      "sbml/too-large",
      `Got ${text.length} characters when at most ${limits.characters} are read`,
      {
        place: file === undefined ? {} : { file },
        hint: "raise the limit `characters` where the file is trusted",
      },
    );
  return new TreeBuilder(text, file, limits).build();
}

/** Holds the stack of open elements while saxes walks the text. */
class TreeBuilder {
  private readonly parser = new SaxesParser();
  private readonly scopes = new NamespaceScopes();
  private readonly stack: Open[] = [];
  private root: XmlElement | undefined;
  /** The element that saxes closed last: the one left open where a closing tag does not fit. */
  private closed: Open | undefined;
  private elements = 0;
  private mathElements = 0;
  private tagLine = 1;
  private tagColumn = 1;
  private readonly text: string;
  private readonly file: string | undefined;
  private readonly limits: ReadLimits;

  constructor(text: string, file: string | undefined, limits: ReadLimits) {
    this.text = text;
    this.file = file;
    this.limits = limits;
  }

  build(): XmlElement {
    const { parser } = this;
    parser.on("error", (error) => this.fail(error.message));
    parser.on("doctype", () => {
      throw new CellweaveError("sbml/doctype", "Found a DOCTYPE; SBML has none and entities are not expanded", {
        place: this.place(),
        hint: "remove the DOCTYPE declaration",
      });
    });
    parser.on("opentagstart", (tag) => {
      this.tagLine = parser.line;
      this.tagColumn = Math.max(1, parser.column - tag.name.length - 1);
    });
    parser.on("opentag", (tag) => this.open(tag.name, tag.attributes));
    parser.on("closetag", () => this.close());
    parser.on("text", (data) => this.append(data));
    parser.on("cdata", (data) => this.append(data));
    parser.write(this.text.charCodeAt(0) === 0xfeff ? this.text.slice(1) : this.text).close();
    if (this.root === undefined) this.fail("the document is empty");
    return this.root;
  }

  private open(qualified: string, attributes: Record<string, string>): void {
    if (this.stack.length >= this.limits.depth)
      throw new CellweaveError("sbml/too-deep", `Elements are nested more than ${this.limits.depth} deep`, {
        place: this.place(),
      });
    if (++this.elements > this.limits.elements)
      throw new CellweaveError("sbml/too-large", `More than ${this.limits.elements} elements`, { place: this.place() });
    this.scopes.push(attributes);
    this.countMath(qualified);
    const tag = this.scopes.resolve(qualified, true) ?? this.unbound(qualified);
    const above = this.stack[this.stack.length - 1];
    const parent = above?.element;
    const element: Opening = {
      name: tag.name,
      uri: tag.uri,
      attributes: this.attributes(attributes),
      children: [],
      text: "",
      offset: parent === undefined ? 0 : parent.text.length,
      line: this.tagLine,
      column: this.tagColumn,
      prefix: tag.prefix,
    };
    const declarations = this.scopes.declared();
    if (declarations !== undefined) element.declarations = [...declarations];
    if (parent === undefined) this.root = element;
    else parent.children.push(element);
    this.stack.push({ element, qualified, verbatim: above?.verbatim === true || VERBATIM.has(tag.name) });
  }

  /** An expression beyond the limit is refused before all of it is read. */
  private countMath(qualified: string): void {
    if (qualified === "math" || qualified.endsWith(":math")) this.mathElements = 0;
    if (++this.mathElements > 2 * this.limits.mathNodes && this.stack.some((o) => o.element.name === "math"))
      throw new CellweaveError("sbml/too-large", `An expression has more than ${this.limits.mathNodes} nodes`, {
        place: this.place(),
      });
  }

  private attributes(raw: Record<string, string>): XmlAttribute[] {
    const out: XmlAttribute[] = [];
    for (const [qualified, value] of Object.entries(raw)) {
      if (qualified === "xmlns" || qualified.startsWith("xmlns:")) continue;
      const { name, uri, prefix } = this.scopes.resolve(qualified, false) ?? this.unbound(qualified);
      out.push({ name, uri, value, prefix });
    }
    return out;
  }

  private close(): void {
    this.closed = this.stack.pop();
    this.scopes.pop();
  }

  private append(data: string): void {
    const open = this.stack[this.stack.length - 1];
    if (open === undefined || (!open.verbatim && open.element.text === "" && data.trim() === "")) return;
    open.element.text += data;
  }

  private unbound(qualified: string): never {
    const prefix = qualified.slice(0, qualified.indexOf(":"));
    throw new CellweaveError("sbml/xml", `The prefix '${prefix}' of '${qualified}' is bound to no namespace`, {
      place: this.place(),
      hint: `declare xmlns:${prefix} on the <sbml> element`,
    });
  }

  private place(): Place {
    const at = { line: this.parser.line, column: this.parser.column + 1 };
    return this.file === undefined ? at : { file: this.file, ...at };
  }

  private fail(message: string): never {
    const found = message.replace(/^(undefined:)?\d+:\d+: /, "").replace(/\.$/, "");
    const open = found === "unexpected close tag" ? this.closed : this.stack[this.stack.length - 1];
    const expected =
      open === undefined ? "" : `; expected </${open.qualified}> for the element opened at line ${open.element.line}`;
    const hint =
      found.startsWith("text data outside of root") && this.closed === undefined ? { hint: NO_XML_HINT } : {};
    throw new CellweaveError("sbml/xml", `Not well-formed XML: ${found}${expected}`, { place: this.place(), ...hint });
  }
}
