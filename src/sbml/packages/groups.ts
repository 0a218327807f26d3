import { type ReadContext, refuse } from "../context.ts";
import { readSBase } from "../sbase.ts";
import type { XmlElement } from "../xml.ts";
import type { Group, GroupMember } from "./document.ts";
import { packageReader } from "./elements.ts";

const KINDS = ["classification", "partonomy", "collection"] as const;

/** Groups of a model, in document order. */
export function readGroups(context: ReadContext, model: XmlElement): Group[] {
  const groups = packageReader(context, "groups");
  const named = (e: XmlElement) => {
    const name = groups.text(e, "name");
    return { ...readSBase(context, e, false), id: groups.id(e, "id") ?? "", ...(name === undefined ? {} : { name }) };
  };
  const member = (e: XmlElement): GroupMember => {
    const idRef = groups.id(e, "idRef");
    const metaIdRef = groups.text(e, "metaIdRef");
    return {
      ...named(e),
      ...(idRef === undefined ? {} : { idRef }),
      ...(metaIdRef === undefined ? {} : { metaIdRef }),
    };
  };
  return groups.items(model, "listOfGroups", "group").map((e) => {
    const found = groups.text(e, "kind");
    const kind = KINDS.find((k) => k === found);
    if (kind === undefined)
      refuse(
        context,
        e,
        "sbml/groups",
        `Got groups:kind="${found ?? ""}" when one of ${KINDS.join(", ")} was expected`,
      );
    return { ...named(e), kind, members: groups.items(e, "listOfMembers", "member").map(member) };
  });
}
