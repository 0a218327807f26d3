/** Which module answers for the variables that more than one could. */
export const ARMS = ["mechanistic", "learned", "hybrid"] as const;

export type ArmName = (typeof ARMS)[number];
