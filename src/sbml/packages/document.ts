import type { MathNode } from "mathjs";
import type { SBase } from "../element.ts";

/** One member of a group: the element with an id or a metaid. */
export interface GroupMember extends SBase {
  readonly idRef?: string;
  readonly metaIdRef?: string;
}

/** @see SBML Level 3 groups Version 1, doi:10.2390/biecoll-jib-2016-290 */
export interface Group extends SBase {
  readonly kind: "classification" | "partonomy" | "collection";
  readonly members: readonly GroupMember[];
}

/** What stands for something of the model in a drawing. */
export interface Glyph extends SBase {
  /** Name of the element: `speciesGlyph`, `textGlyph`, ... */
  readonly kind: string;
  /** Id of what it stands for. */
  readonly of?: string;
  readonly x?: number;
  readonly y?: number;
  readonly width?: number;
  readonly height?: number;
}

/** @see SBML Level 3 layout Version 1, doi:10.2390/biecoll-jib-2015-267 */
export interface Layout extends SBase {
  readonly width: number;
  readonly height: number;
  readonly glyphs: readonly Glyph[];
}

/** A species with levels in place of amounts. */
export interface QualitativeSpecies extends SBase {
  readonly compartment: string;
  readonly constant: boolean;
  readonly initialLevel?: number;
  readonly maxLevel?: number;
}

export interface TransitionInput extends SBase {
  readonly qualitativeSpecies: string;
  readonly effect: "none" | "consumption";
  readonly sign?: "positive" | "negative" | "dual" | "unknown";
  readonly thresholdLevel?: number;
}

export interface TransitionOutput extends SBase {
  readonly qualitativeSpecies: string;
  readonly effect: "production" | "assignmentLevel";
  readonly outputLevel?: number;
}

/** What a transition gives: the first term whose condition holds, else the default. */
export interface Transition extends SBase {
  readonly inputs: readonly TransitionInput[];
  readonly outputs: readonly TransitionOutput[];
  readonly defaultLevel?: number;
  readonly terms: readonly { readonly resultLevel: number; readonly condition?: MathNode }[];
}

/** Qualitative (logical) dynamics. @see SBML Level 3 qual Version 1, doi:10.2390/biecoll-jib-2015-270 */
export interface QualitativeModel {
  readonly species: readonly QualitativeSpecies[];
  readonly transitions: readonly Transition[];
}
