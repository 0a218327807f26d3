/** One time course to compute: evenly spaced points, tolerances as the simulator understands them. */
export interface Task {
  readonly t1: number;
  readonly points: number;
  readonly rtol: number;
  readonly atol: number;
}

/** A time course: concentrations of species by SBML id, shape [points]. */
export type Course = ReadonlyMap<string, ArrayLike<number>>;

/** CPU seconds and seconds on the wall. */
export interface Spent {
  readonly cpu: number;
  readonly wall: number;
}

/** A simulator that takes part; each call measures itself. Failures are thrown as errors with the simulator's words. */
export interface Contender {
  readonly name: string;
  /** From SBML text to a model that is ready to run; `adjustable` is the quantity that scans change. */
  load(file: string, adjustable: string): Promise<Spent>;
  /** One run from the start, with its time course. */
  simulate(task: Task): Promise<{ readonly spent: Spent; readonly course: Course }>;
  /** Runs from the start, one after the other; what they spent together. */
  repeat(task: Task, count: number): Promise<Spent>;
  /** One run from the start for each value of the adjustable quantity; keeps the last point of each. */
  scan(task: Task, values: readonly number[]): Promise<Spent>;
  close(): Promise<void>;
}
