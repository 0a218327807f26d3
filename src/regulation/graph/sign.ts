/** Activation, repression, either depending on the promoter, unknown. */
export type Sign = "+" | "-" | "+-" | "?";

export const SIGNS: readonly Sign[] = ["+", "-", "+-", "?"];

/** 1, -1, or 0 where the direction is not one. */
export function signValue(sign: Sign): -1 | 0 | 1 {
  return sign === "+" ? 1 : sign === "-" ? -1 : 0;
}
