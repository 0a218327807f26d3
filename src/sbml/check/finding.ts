import type { CellweaveError } from "../../errors.ts";
import { CHECK_RULES } from "./catalogue.ts";

/** One thing in a file that breaks a rule. */
export interface SbmlFinding {
  /** Number of the rule in the specification, see `CHECK_RULES`; absent where it has none. */
  readonly rule?: string;
  /** Code of the error that simulating the file would give, where there is no rule. */
  readonly code?: string;
  readonly severity: "error" | "warning";
  readonly line: number;
  readonly column?: number;
  /** Id of the element, or what it sets or names. */
  readonly id?: string;
  /** What was found. */
  readonly message: string;
  /** The rule as a sentence. */
  readonly expected?: string;
  readonly hint?: string;
}

/** Findings of one rule that are kept; more are counted. */
const KEPT = 1000;

/** Takes down findings; rules that the file's level and version does not have are left out. */
export class Report {
  readonly findings: SbmlFinding[] = [];
  /** What could not be checked, in words. */
  readonly notes: string[] = [];
  private readonly counts = new Map<string, number>();
  private readonly at: number;

  constructor({ level, version }: { readonly level: number; readonly version: number }) {
    this.at = 10 * level + version;
  }

  /** Whether the file's level and version has a rule. */
  has(rule: string): boolean {
    const { from, to } = ruleOf(rule);
    return from <= this.at && this.at <= to;
  }

  /** Takes down that an element breaks a rule. */
  add(
    rule: string,
    element: { readonly line: number; readonly column?: number },
    message: string,
    details: { readonly id?: string | undefined; readonly hint?: string | undefined } = {},
  ): void {
    const count = (this.counts.get(rule) ?? 0) + 1;
    if (!this.has(rule) || count > KEPT) return;
    this.counts.set(rule, count);
    const { severity, expected } = ruleOf(rule);
    const { id, hint } = details;
    this.findings.push({
      rule,
      severity,
      line: element.line,
      ...(element.column === undefined ? {} : { column: element.column }),
      ...(id === undefined || id === "" ? {} : { id }),
      message,
      expected,
      ...(hint === undefined || hint === "" ? {} : { hint }),
    });
  }

  /** Takes down that a part of the file can't be read. */
  unreadable(element: { readonly line: number }, { code, message, hint, place }: CellweaveError): void {
    const line = place?.line ?? element.line;
    this.findings.push({ code, severity: "error", line, message, ...(hint === undefined ? {} : { hint }) });
  }
}

function ruleOf(number: string) {
  const rule = CHECK_RULES.get(number);
  if (rule === undefined) throw new Error(`No rule ${number} in the catalogue`);
  return rule;
}
