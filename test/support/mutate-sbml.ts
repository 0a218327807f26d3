/** Where a mutation takes its chance from: a whole number below n. */
export type Below = (n: number) => number;

const TOKENS = [
  ...['"', "<", ">", "/>", "&", "</apply>", "<apply>", "<math>", "<ci>x</ci>", "<cn>1e999</cn>", "]]>"],
  ...["\u0000", "\uffff", "NaN", "INF", "-1", "0", "1e-300", "1e300", "true", "__proto__", "constructor"],
  ...[
    "<!DOCTYPE a>",
    "<!-- ",
    "&#x0;",
    "é",
    'id="x"',
    'variable="x"',
    "<piecewise/>",
    'stoichiometry="-1"',
    'size="0"',
  ],
  ...['<cn type="rational">1<sep/>0</cn>', "<![CDATA[", "&lt;", '<ci type="function">f</ci>', "<lambda/>", "%time"],
];
const NUMBERS = [
  "0",
  "-0",
  "-1",
  "1e308",
  "1e-308",
  "1e400",
  "NaN",
  "INF",
  "-INF",
  "",
  " ",
  "1.",
  ".",
  "1e",
  "0x10",
  "1,5",
  "٣",
];
const SPACES = [
  "http://www.sbml.org/sbml/level1",
  "http://www.sbml.org/sbml/level2/version4",
  "http://www.sbml.org/sbml/level3/version1/core",
  "http://www.sbml.org/sbml/level3/version9/core",
  "http://www.w3.org/1998/Math/MathML",
  "http://www.sbml.org/sbml/level3/version1/comp/version1",
  "urn:nothing",
  "",
];

const ATTRIBUTE = /\s([\w:]+)="([^"<>]{0,60})"/g;
const ELEMENT = /<([\w:]+)\b[^<>]*\/>|<([\w:]+)\b[^<>]*>[^<>]*<\/\2>/g;

type Mutator = (text: string, below: Below) => string;

function pick<T>(items: readonly T[], below: Below): T | undefined {
  return items[below(items.length)];
}

function splice(text: string, from: number, length: number, put: string): string {
  return text.slice(0, from) + put + text.slice(from + length);
}

/** One match of a pattern, replaced by what a function makes of it and of another match. */
function change(pattern: RegExp, make: (match: string[], other: string[], below: Below) => string): Mutator {
  return (text, below) => {
    const found = [...text.matchAll(pattern)];
    const [match, other] = [pick(found, below), pick(found, below)];
    if (match === undefined || other === undefined) return text;
    return splice(text, match.index, match[0].length, make([...match], [...other], below));
  };
}

/** A stretch of text and where it starts. */
function stretch(text: string, below: Below, longest = 80): { from: number; part: string } {
  const from = below(text.length);
  return { from, part: text.slice(from, from + 1 + below(longest)) };
}

const MUTATORS: readonly Mutator[] = [
  // characters: cut, doubled, overwritten, put in, the end lost
  (text, below) => {
    const { from, part } = stretch(text, below);
    return splice(text, from, part.length, "");
  },
  (text, below) => {
    const { from, part } = stretch(text, below);
    return splice(text, from, 0, part);
  },
  (text, below) => splice(text, below(text.length), 1 + below(8), pick(TOKENS, below) ?? ""),
  (text, below) => splice(text, below(text.length), 0, pick(TOKENS, below) ?? ""),
  (text, below) => text.slice(0, below(text.length)),
  // attributes: deleted, doubled, renamed, values exchanged
  change(ATTRIBUTE, () => ""),
  change(ATTRIBUTE, ([all = ""]) => all + all),
  change(ATTRIBUTE, ([, , value = ""], [, name = ""]) => ` ${name}="${value}"`),
  change(ATTRIBUTE, ([, name = ""], [, , value = ""]) => ` ${name}="${value}"`),
  // elements: deleted, doubled, exchanged, put inside another
  change(ELEMENT, () => ""),
  change(ELEMENT, ([all = ""]) => all + all),
  change(ELEMENT, (_, [all = ""]) => all),
  change(ELEMENT, ([all = ""], [other = ""]) => all.replace("/>", `>${other}</>`).replace(/<\/>$/, "")),
  change(/<(\/?)([\w:]+)/g, ([, slash = ""], [, , name = ""]) => `<${slash}${name}`),
  // numbers, ids that collide, names in mathematics, namespaces, levels
  change(
    /(["> ])(-?\d+\.?\d*(?:[eE][+-]?\d+)?)(?=["< ])/g,
    ([, before = ""], _, below) => before + (pick(NUMBERS, below) ?? ""),
  ),
  change(/\bid="([^"]*)"/g, (_, [, id = ""]) => `id="${id}"`),
  change(/<ci>\s*(\w+)\s*<\/ci>/g, (_, [, id = ""]) => `<ci>${id}</ci>`),
  change(/<(plus|minus|times|divide|power|root|gt|lt|eq|and|not|exp|ln)\/>/g, (_, [, name = ""]) => `<${name}/>`),
  change(/xmlns(:\w+)?="[^"]*"/g, (match, _, below) => `xmlns${match[1] ?? ""}="${pick(SPACES, below)}"`),
  change(/\b(level|version)="\d"/g, ([, name = ""], _, below) => `${name}="${below(6)}"`),
];

/** A file with one to four changes that a careless hand, a broken tool or an enemy might make. */
export function mutate(seed: string, below: Below): string {
  let text = seed;
  for (let edits = 1 + below(4); edits > 0; edits--) text = pick(MUTATORS, below)?.(text, below) ?? text;
  return text;
}
