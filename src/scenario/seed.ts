/** Seed of whatever modules of a scenario draw: the order of simultaneous SBML events, random numbers in their assignments. */
export const SEED = 1;
