import type { FailureCode } from "../../cell/status.ts";
import type { Progress, Solver, SolverStatus } from "../../numerics/sundials/solver-types.ts";
import type { CompiledPathway } from "../code/compiled.ts";
import type { SessionStatus } from "./session.ts";

const MEANING: Partial<Record<SolverStatus, string>> = {
  "too-much-accuracy": "rtol and atol ask for more digits than numbers have; loosen them (CV_TOO_MUCH_ACC)",
  "error-test-failures": "no step is short enough for the tolerances; look for a jump or a pole (CV_ERR_FAILURE)",
  "convergence-failures":
    "Newton's iteration doesn't converge with any step; look for a jump or a pole (CV_CONV_FAILURE)",
  "linear-solver-failed": "the linear system can't be solved (CV_LSETUP_FAIL)",
};

/** What a solver by that name says where it gave up; time and states are in the pathway's memory. */
export function nativeFailure(
  pathway: CompiledPathway,
  { status, t, steps }: Progress,
  solver: Solver,
  name: string,
): SessionStatus {
  const failed = (code: FailureCode, message: string): SessionStatus => ({ ok: false, code, t, message });
  const near = `near '${fastest(pathway)}'`;
  if (status === "out-of-steps")
    return failed(
      "too-many-steps",
      `gave up at time ${t} after ${steps} steps, ${near}; raise maxSteps or loosen rtol`,
    );
  if (status !== "rhs-failed")
    return failed("failed", `${name} gave up at time ${t}, ${near}: ${MEANING[status] ?? status}`);
  const id = pathway.states[solver.statistics().culprit]?.symbol.id ?? "";
  const hint = "look for a division by zero or a logarithm of a negative";
  return failed("not-finite", `the rate of change of '${id}' is not finite at time ${t}; ${hint}`);
}

/** The state that changes most, for its size, at the time and states in memory. */
function fastest(pathway: CompiledPathway): string {
  pathway.differentiate();
  const { derivatives, stateValues, states } = pathway;
  let [found, most] = [0, -1];
  derivatives.forEach((rate, i) => {
    const speed = Math.abs(rate) / (Math.abs(stateValues[i] ?? 0) + Number.MIN_VALUE);
    if (speed > most) [found, most] = [i, speed];
  });
  return states[found]?.symbol.id ?? "";
}
