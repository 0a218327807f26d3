/** The most times that a run keeps: every one is a row of the trajectory, held in memory. */
export const MAX_POINTS = 100_000;
