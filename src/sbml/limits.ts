/** What a reader takes from a file before it gives up; a file beyond is refused, fast and in words. */
export interface ReadLimits {
  /** Length of the text in UTF-16 units. */
  readonly characters: number;
  /** Depth of nested elements. */
  readonly depth: number;
  /** Elements in all. */
  readonly elements: number;
  /** Nodes of one mathematical expression. */
  readonly mathNodes: number;
}

export const LIMITS: ReadLimits = Object.freeze({
  characters: 100_000_000,
  depth: 256,
  elements: 3_000_000,
  mathNodes: 200_000,
});
