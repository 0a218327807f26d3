export { overflowing, respiring } from "./coupled-problems/batch.ts";
export { triggered } from "./coupled-problems/division.ts";
export { learnedLoop } from "./coupled-problems/learned.ts";
export { predatorPrey, thermostat } from "./coupled-problems/odes.ts";
export { wholeCell } from "./coupled-problems/whole-cell.ts";
export { windowed } from "./coupled-problems/window.ts";
