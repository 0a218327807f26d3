/** What every SBML element may carry, under SBML's own names. */
export interface SBase {
  readonly id: string;
  readonly name?: string;
  readonly metaid?: string;
  readonly sboTerm?: string;
  /** Line of the start tag, from 1. */
  readonly line: number;
  /** MIRIAM resource URIs from the annotation, in document order. */
  readonly resources?: readonly string[];
  /** Plain text of the notes. */
  readonly notes?: string;
  /** fbc v3: pairs from the annotation, in document order. */
  readonly keyValuePairs?: readonly KeyValuePair[];
}

/** fbc v3: free data about an element. */
export interface KeyValuePair {
  readonly key: string;
  readonly value?: string;
  readonly uri?: string;
  readonly id?: string;
  readonly name?: string;
}
