import { type Static, Type, Value } from "../vendor/typebox.ts";
import { type Card, namesOf } from "./card.ts";

const byLevel = Type.Record(Type.String(), Type.Array(Type.Number()));

/** What a card says of intervals: half widths by level in per cent, wider ones for what lies outside of what was seen. */
const intervalsSchema = Type.Object({
  half_width: byLevel,
  half_width_out: Type.Optional(byLevel),
  /** Of log2 expression. */
  expression_half_width: Type.Optional(byLevel),
  expression_half_width_out: Type.Optional(byLevel),
});

type CardIntervals = Static<typeof intervalsSchema>;

/** The level that figures show, per cent. */
const LEVEL = "90";

/** Half widths by variable: of the value for activities, of log2 of it for expression. */
export interface Widths {
  readonly activity: ReadonlyMap<string, number>;
  readonly expression: ReadonlyMap<string, number>;
}

/** How far off a regulator's answers may be where it is in range, and where it is not; undefined where no card says. */
export function widthsOf(card: Card): { readonly within: Widths; readonly beyond: Widths } | undefined {
  const { intervals } = card;
  if (!Value.Check(intervalsSchema, intervals)) return undefined;
  const within = widths(card, intervals.half_width, intervals.expression_half_width);
  const { half_width_out: activity, expression_half_width_out: expression } = intervals;
  return {
    within,
    beyond: widths(card, activity ?? intervals.half_width, expression ?? intervals.expression_half_width),
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
