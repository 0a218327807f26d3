/** What a thread sends: draws of a chain in their order, shape [draws, coordinates]. */
export type FromWalker =
  | { readonly kind: "draws"; readonly chain: number; readonly points: Float64Array }
  | { readonly kind: "ended" };
