/** What ROOM takes for unchanged, and how long it searches. */
export interface RoomOptions {
  /** Relative width of the range around a wild-type flux that counts as unchanged; 0.03 where absent. */
  readonly delta?: number;
  /** Absolute width, mmol gDW^-1 h^-1; 0.001 where absent. */
  readonly epsilon?: number;
  /** Branches, each of a large model counting 40, after which the search gives up; 20,000 where absent. */
  readonly steps?: number;
}
