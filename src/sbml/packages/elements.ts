import { attribute, missing, optionalId, optionalNumber } from "../attributes.ts";
import type { ReadContext } from "../context.ts";
import { packageOf } from "../namespaces.ts";
import type { XmlElement } from "../xml.ts";

/** Reads elements of one package of Level 3, whose attributes carry its prefix or, as some tools write them, none. */
export interface PackageReader {
  /** First child of a name. */
  child(e: XmlElement, name: string): XmlElement | undefined;
  /** The members of a list; all of its elements where no name is given. */
  items(e: XmlElement, list: string, item?: string): XmlElement[];
  text(e: XmlElement, name: string): string | undefined;
  id(e: XmlElement, name: string): string | undefined;
  requiredId(e: XmlElement, name: string): string;
  number(e: XmlElement, name: string): number | undefined;
}

export function packageReader(context: ReadContext, name: string): PackageReader {
  const isOurs = (uri: string): boolean => packageOf(uri)?.name === name;
  const uriOf = (e: XmlElement, key: string): string | undefined =>
    e.attributes.find((a) => a.name === key && (isOurs(a.uri) || (a.uri === "" && isOurs(e.uri))))?.uri;
  const child = (e: XmlElement, key: string): XmlElement | undefined =>
    e.children.find((c) => c.name === key && isOurs(c.uri));
  const id = (e: XmlElement, key: string): string | undefined => {
    const uri = uriOf(e, key);
    return uri === undefined ? undefined : optionalId(context, e, key, uri);
  };
  return {
    child,
    id,
    items: (e, list, item) =>
      (child(e, list)?.children ?? []).filter((c) => isOurs(c.uri) && (item === undefined || c.name === item)),
    text: (e, key) => {
      const uri = uriOf(e, key);
      return uri === undefined ? undefined : attribute(e, key, uri);
    },
    requiredId: (e, key) => id(e, key) ?? missing(context, e, `${name}:${key}`),
    number: (e, key) => {
      const uri = uriOf(e, key);
      return uri === undefined ? undefined : optionalNumber(context, e, key, uri);
    },
  };
}
