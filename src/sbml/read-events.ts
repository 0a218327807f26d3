import type { MathNode } from "mathjs";
import { booleanOr, requiredId } from "./attributes.ts";
import { child, members, type ReadContext, warn } from "./context.ts";
import type { EventAssignment, SbmlEvent } from "./document.ts";
import { readMathOf } from "./mathml.ts";
import { readSBase } from "./sbase.ts";
import type { XmlElement } from "./xml.ts";

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** Events; one without a trigger never fires and is left out with a warning (SBML L3V2 Core, section 4.11). */
export function readEvents(context: ReadContext, model: XmlElement): SbmlEvent[] {
  const out: SbmlEvent[] = [];
  for (const e of members(context, model, "listOfEvents", "event")) {
    const event = readEvent(context, e);
    if (event === undefined) warn(context, e, "the event has no trigger and never fires");
    else out.push(event);
  }
  return out;
}

function readEvent(context: ReadContext, e: XmlElement): SbmlEvent | undefined {
  const trigger = child(e, "trigger", context.core);
  const math = trigger === undefined ? undefined : readMathOf(context, trigger);
  if (trigger === undefined || math === undefined) return undefined;
  const l3 = context.level === 3;
  const event: Mutable<SbmlEvent> = {
    ...readSBase(context, e, false),
    trigger: {
      math,
      initialValue: l3 ? booleanOr(context, trigger, "initialValue", true) : true,
      persistent: l3 ? booleanOr(context, trigger, "persistent", true) : true,
    },
    useValuesFromTriggerTime: booleanOr(context, e, "useValuesFromTriggerTime", true),
    assignments: readAssignments(context, e),
  };
  const delay = mathOfChild(context, e, "delay");
  if (delay !== undefined) event.delay = delay;
  const priority = mathOfChild(context, e, "priority");
  if (priority !== undefined) event.priority = priority;
  return event;
}

function mathOfChild(context: ReadContext, e: XmlElement, name: string): MathNode | undefined {
  const found = child(e, name, context.core);
  return found === undefined ? undefined : readMathOf(context, found);
}

function readAssignments(context: ReadContext, e: XmlElement): EventAssignment[] {
  const out: EventAssignment[] = [];
  for (const a of members(context, e, "listOfEventAssignments", "eventAssignment")) {
    const variable = requiredId(context, a, "variable");
    const math = readMathOf(context, a);
    if (math === undefined)
      warn(context, a, `the event assignment of '${variable}' has no mathematics and counts as absent`);
    else out.push({ variable, math, line: a.line });
  }
  return out;
}
