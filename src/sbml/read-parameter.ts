import { booleanOr, optionalId, optionalNumber } from "./attributes.ts";
import type { ReadContext } from "./context.ts";
import type { Parameter } from "./document.ts";
import { readSBase } from "./sbase.ts";
import type { XmlElement } from "./xml.ts";

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** A parameter, global or local. */
export function readParameter(context: ReadContext, e: XmlElement, local = false): Parameter {
  const out: Mutable<Parameter> = {
    ...readSBase(context, e, true),
    value: optionalNumber(context, e, "value"),
    constant: local ? true : context.level === 1 ? false : booleanOr(context, e, "constant", true),
  };
  const units = optionalId(context, e, "units");
  if (units !== undefined) out.units = units;
  return out;
}
