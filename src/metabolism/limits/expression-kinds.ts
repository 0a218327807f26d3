/** What expression values are: amounts to be compared between genes, or changes from a reference (1 unchanged). */
export const EXPRESSION_KINDS = ["e-flux", "relative"] as const;
export type ExpressionKind = (typeof EXPRESSION_KINDS)[number];
