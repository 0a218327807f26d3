import { missing } from "./attributes.ts";
import { child, type ReadContext } from "./context.ts";
import type { KeyValuePair } from "./element.ts";
import type { XmlElement } from "./xml.ts";

const PAIRS = "http://sbml.org/fbc/keyvaluepair";

/** Key-value pairs that an annotation holds, in document order. @see SBML Level 3 fbc Version 3 */
export function readKeyValuePairs(context: ReadContext, annotation: XmlElement): KeyValuePair[] {
  const list = child(annotation, "listOfKeyValuePairs", PAIRS);
  return (list?.children ?? [])
    .filter((c) => c.name === "keyValuePair" && c.uri === PAIRS)
    .map((c) => {
      const text = (name: string): string | undefined => c.attributes.find((a) => a.name === name)?.value;
      const pair: { -readonly [K in keyof KeyValuePair]: KeyValuePair[K] } = {
        key: text("key") ?? missing(context, c, "key"),
      };
      for (const name of ["value", "uri", "id", "name"] as const) {
        const value = text(name);
        if (value !== undefined) pair[name] = value;
      }
      return pair;
    });
}
