import { fullPattern, type PlacedPattern, placePattern } from "./pattern.ts";
import { sundialsSolver } from "./solver.ts";
import type { Solver, SolverMethod, SolverSetup } from "./solver-types.ts";
import type { Sundials } from "./sundials.ts";

/** A right-hand side, a Jacobian or root functions: fills `out`; false asks for a smaller step. */
export type OdeFunction = (t: number, y: Float64Array, out: Float64Array) => boolean | undefined;

/** An initial value problem y' = f(t, y) with functions in JavaScript. */
export interface CvodeProblem {
  readonly t0: number;
  /** Shape [n]. */
  readonly y0: Float64Array;
  readonly rtol: number;
  /** Shape [n]. */
  readonly atol: Float64Array;
  readonly rhs: OdeFunction;
  /** d f_i / d y_j into out[i + n j], which comes zeroed; difference quotients where absent. */
  readonly jacobian?: OdeFunction;
  /** Functions whose changes of sign are located; shape [count]. */
  readonly roots?: { readonly count: number; readonly functions: OdeFunction };
  readonly method?: SolverMethod;
  /** First step; chosen by CVODE where 0 or absent. */
  readonly initialStep?: number;
  /** Longest step; unlimited where 0 or absent. */
  readonly maxStep?: number;
}

/** A solver at work. Dispose it when done. */
export interface Cvode
  extends Disposable,
    Pick<
      Solver,
      | "size"
      | "t"
      | "state"
      | "step"
      | "interpolate"
      | "rootDirections"
      | "restart"
      | "snapshot"
      | "restore"
      | "statistics"
      | "message"
    > {
  /** Solution at the time reached; fills `out`, shape [n]. */
  current(out: Float64Array): void;
}

/** @returns the solver, ready for its first step */
export function cvode(sundials: Sundials, problem: CvodeProblem): Cvode {
  const n = problem.y0.length;
  const added: number[] = [];
  const add = (f: OdeFunction, length: number, zeroed = false): number => {
    const index = sundials.addFunction((t, y, out) => {
      const result = sundials.doubles(out, length);
      if (zeroed) result.fill(0);
      return f(t, sundials.doubles(y, n), result) === false ? 1 : 0;
    });
    added.push(index);
    return index;
  };
  const { rhs, jacobian, roots, ...numbers } = problem;
  let pattern: PlacedPattern | undefined;
  if (jacobian !== undefined) pattern = placePattern(sundials, fullPattern(n));
  const setup: SolverSetup = {
    ...numbers,
    rhs: add(rhs, n),
    ...(jacobian && pattern ? { jacobian: { call: add(jacobian, n * n, true), pattern: pattern.pointer } } : {}),
    ...(roots ? { roots: { call: add(roots.functions, roots.count), count: roots.count } } : {}),
  };
  const solver = sundialsSolver(sundials, setup);
  const dispose = (): void => {
    solver[Symbol.dispose]();
    for (const index of added) sundials.removeFunction(index);
    pattern?.[Symbol.dispose]();
  };
  return Object.assign(Object.create(solver) as Solver, {
    current: (out: Float64Array) => out.set(solver.state()),
    [Symbol.dispose]: dispose,
  });
}
