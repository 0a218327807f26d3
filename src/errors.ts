/** What went wrong in kind; it decides the exit code of the command line. */
export type ErrorKind = "usage" | "input" | "solver" | "internal";

/** A place in a user's file; lines and columns count from 1. */
export interface Place {
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
}

export interface ErrorDetails {
  readonly kind?: ErrorKind;
  readonly place?: Place;
  /** What the user can do about it. */
  readonly hint?: string;
  readonly cause?: unknown;
}

/**
 * The one error Cellweave throws for what a user can mend.
 *
 * The message says what was found and what was expected; `place` says where; `hint` what to do.
 * @param code stable kebab-case name with its area, for example `sbml/unsupported` or `graph/unknown-gene`
 */
export class CellweaveError extends Error {
  readonly code: string;
  readonly kind: ErrorKind;
  readonly place: Place | undefined;
  readonly hint: string | undefined;

  constructor(code: string, message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = "CellweaveError";
    this.code = code;
    this.kind = details.kind ?? "input";
    this.place = details.place;
    this.hint = details.hint;
  }

  /** The same error with a place, where it had none: what a reader adds as the error passes through. */
  at(place: Place): CellweaveError {
    const merged = { ...place, ...this.place };
    const hint = this.hint === undefined ? {} : { hint: this.hint };
    return new CellweaveError(this.code, this.message, { kind: this.kind, place: merged, cause: this.cause, ...hint });
  }

  /** `file:line:column: message [code]` and the hint on a line of its own. */
  format(): string {
    const { file, line, column } = this.place ?? {};
    const where = [file ?? (line === undefined ? undefined : "line"), line, column].filter(
      (part) => part !== undefined,
    );
    const head = where.length > 0 ? `${where.join(":")}: ` : "";
    const tail = this.hint === undefined ? "" : `\n  hint: ${this.hint}`;
    return `${head}${this.message} [${this.code}]${tail}`;
  }
}
