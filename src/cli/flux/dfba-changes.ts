import type { TimedEdit, TimedJump } from "../../cell/edit.ts";
import { usageError } from "../arguments.ts";

/** What changes in the vessel while a culture runs. */
export interface Changes {
  readonly edits: readonly TimedEdit[];
  readonly jumps: readonly TimedJump[];
}

const EXAMPLE = "for example glc__D_e=10@5, glc__D_e.feed=50@20:22, dilution=0.9@30 or o2_e.kLa=0@4:5";
const OF_A_COMPOUND = /\.(feed|kLa|saturation)$/;
const OF_THE_VESSEL = ["dilution", "flow"];

/** Changes from `--change WHAT=VALUE@FROM` and `--change WHAT=VALUE@FROM:TO`. @throws CellweaveError for anything else */
export function changesFrom(list: readonly string[] = []): Changes {
  const edits: TimedEdit[] = [];
  const jumps: TimedJump[] = [];
  for (const text of list) {
    const { what, value, from, to } = parts(text);
    const isOfCompound = OF_A_COMPOUND.test(what);
    if (isOfCompound || OF_THE_VESSEL.includes(what)) {
      const parameter = isOfCompound ? `pool:${what}` : what;
      const edit = { kind: "parameter", module: "medium", parameter, value } as const;
      edits.push({ edit, from, to: to ?? Number.POSITIVE_INFINITY });
    } else if (to === undefined) jumps.push({ variable: `pool:${what}`, value, at: from });
    else throw usageError("dfba", `--change: a concentration is set at one time, got '${text}'`, `leave ':${to}' out`);
  }
  return { edits, jumps };
}

function parts(text: string) {
  const [, what = "", value = "", from = "", to] = /^([^=]+)=([^@]+)@([^:]+)(?::(.+))?$/.exec(text) ?? [];
  const numbers = [value, from, ...(to === undefined ? [] : [to])].map((part) =>
    part === "" ? Number.NaN : Number(part),
  );
  const [amount = Number.NaN, begin = Number.NaN, end] = numbers;
  if (what !== "" && numbers.every((x) => Number.isFinite(x) && x >= 0))
    return { what, value: amount, from: begin, to: end };
  throw usageError("dfba", `--change: expected WHAT=VALUE@FROM or WHAT=VALUE@FROM:TO, got '${text}'`, EXAMPLE);
}
