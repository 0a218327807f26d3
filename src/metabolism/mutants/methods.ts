/** How a mutant's fluxes are predicted: most growth, nearest to the wild type (MOMA), or fewest switches (ROOM). */
export const METHODS = ["fba", "moma", "linear-moma", "room", "linear-room"] as const;
export type Method = (typeof METHODS)[number];
