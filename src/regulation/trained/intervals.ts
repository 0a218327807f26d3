import { type Static, Type, Value } from "../../vendor/typebox.ts";
import { type Card, namesOf } from "./card.ts";

const byLevel = Type.Record(Type.String(), Type.Array(Type.Number()));

/**
 * What a card says of intervals: half widths by level in per cent, of deletions never seen; others for what lies outside
 * of what was seen, and for deletions that were.
 */
const intervalsSchema = Type.Object({
  /** Which training they were measured beside. */
  fit: Type.Optional(Type.String()),
  half_width: byLevel,
  half_width_out: Type.Optional(byLevel),
  half_width_seen: Type.Optional(byLevel),
  /** Of log2 expression. */
  expression_half_width: Type.Optional(byLevel),
  expression_half_width_out: Type.Optional(byLevel),
  expression_half_width_seen: Type.Optional(byLevel),
});

type CardIntervals = Static<typeof intervalsSchema>;

/** The level that figures show, per cent. */
const LEVEL = "90";

/** Half widths by variable: of the value for activities, of log2 of it for expression. */
export interface Widths {
  readonly activity: ReadonlyMap<string, number>;
  readonly expression: ReadonlyMap<string, number>;
}

/** Half widths where a regulator is IN, at the EDGE and OUT of its range. */
export interface WidthsByRange {
  readonly seen: Widths;
  readonly within: Widths;
  readonly beyond: Widths;
}

/** Which training a card's intervals were measured beside, where they say. */
export function fitOfIntervals({ intervals }: Pick<Card, "intervals">): string | undefined {
  return Value.Check(intervalsSchema, intervals) ? intervals.fit : undefined;
}

/** How far off a regulator's answers may be; undefined where no card says. */
export function widthsOf(card: Card): WidthsByRange | undefined {
  const { intervals } = card;
  if (!Value.Check(intervalsSchema, intervals)) return undefined;
  const { half_width: activity, expression_half_width: expression } = intervals;
  const of = (own: CardIntervals["half_width"] = activity, carried = expression) => widths(card, own, carried);
  return {
    seen: of(intervals.half_width_seen, intervals.expression_half_width_seen),
    within: of(),
    beyond: of(intervals.half_width_out, intervals.expression_half_width_out),
  };
}

function widths(
  card: Card,
  activity: CardIntervals["half_width"],
  expression: CardIntervals["half_width"] = {},
): Widths {
  const names = namesOf(card);
  const named = (ids: readonly string[], values: readonly number[] = []) =>
    new Map(ids.flatMap((id, i) => (values[i] === undefined ? [] : [[id, values[i]] as const])));
  return { activity: named(names.activities, activity[LEVEL]), expression: named(names.expression, expression[LEVEL]) };
}
