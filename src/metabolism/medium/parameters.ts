import type { Edit } from "../../cell/edit.ts";
import type { VariableDeclaration } from "../../cell/variable.ts";
import { CellweaveError } from "../../errors.ts";
import type { BiomassOptions, MediumOptions } from "./options.ts";

/** What one variable does by itself: x' = kLa (saturation - x) + dilution (feed - x). */
export interface Exchange {
  kLa: number;
  saturation: number;
  feed: number;
  /** Stays at its value, by `hold` or a clamp. */
  held: boolean;
}

/** A feed that fills the vessel. */
export interface Vessel {
  /** Position of the volume in `owns`. */
  readonly at: number;
  /** L/h when it begins, growth in 1/h, and when it begins, hours. */
  readonly flow: number;
  readonly growth: number;
  readonly from: number;
}

/** The parameters in force. */
export interface MediumParameters {
  dilution: number;
  readonly vessel?: Vessel;
  /** By position in `owns`. */
  readonly exchanges: readonly Exchange[];
}

const VOLUME = "volume";
const OF_A_VESSEL = ["flow", "flowGrowth", "flowFrom"] as const;
const OF_A_GAS = ["kLa", "saturation"] as const;

/**
 * What the medium owns: its pools, then biomass.
 * @throws CellweaveError `medium/duplicate`, `medium/value`
 */
export function declarations(options: MediumOptions): VariableDeclaration[] {
  const pools = options.pools.map(
    (pool): VariableDeclaration => ({
      id: pool.variable,
      kind: "pool",
      unit: pool.unit ?? "mmol/L",
      role: "state",
      initial: pool.initial,
      nominal: pool.nominal ?? 1,
      ...(pool.label === undefined ? {} : { label: pool.label }),
    }),
  );
  const biomass = strains(options).map(
    (strain): VariableDeclaration => ({
      id: strain.variable ?? "biomass",
      kind: "biomass",
      unit: "gDW/L",
      role: "state",
      initial: strain.initial,
      nominal: strain.nominal ?? 0.1,
      ...(strain.label === undefined ? {} : { label: strain.label }),
    }),
  );
  const owns = [...pools, ...biomass, ...volume(options)];
  checkDeclarations(owns);
  return owns;
}

function volume({ vessel }: MediumOptions): VariableDeclaration[] {
  if (vessel === undefined) return [];
  if (!(vessel.volume > 0))
    throw new CellweaveError("medium/value", `the vessel's volume is ${vessel.volume} L`, { hint: "give more than 0" });
  const unit = { unit: "L", nominal: vessel.volume } as const;
  return [{ id: VOLUME, kind: "species", role: "state", initial: vessel.volume, label: "volume", ...unit }];
}

/** Parameters that edits may set: those of gas transfer only where a pool exchanges with a gas. */
export function parameterNames(options: MediumOptions): ReadonlySet<string> {
  const ofPools = options.pools.flatMap(({ variable, transfer }) => {
    const names = transfer === undefined ? [] : OF_A_GAS;
    return [...names, "feed"].map((name) => `${variable}.${name}`);
  });
  return new Set(["hold", "dilution", ...(options.vessel === undefined ? [] : OF_A_VESSEL), ...ofPools]);
}

/**
 * Parameters with the edits in force.
 * @throws CellweaveError `medium/value` for a rate below zero
 */
export function parametersFor(
  options: MediumOptions,
  owns: readonly VariableDeclaration[],
  edits: readonly Edit[],
): MediumParameters {
  const set = new Map<string, number>();
  const clamped = new Set<string>();
  for (const edit of edits) {
    if (edit.kind === "parameter") set.set(edit.parameter, edit.value);
    if (edit.kind === "clamp") clamped.add(clampedAt(edit.variable, edit.value));
  }
  const hold = (set.get("hold") ?? 0) !== 0;
  const pools = new Map(options.pools.map((pool) => [pool.variable, pool]));
  const exchanges = owns.map(({ id }) => ({
    kLa: rate(`${id}.kLa`, set.get(`${id}.kLa`) ?? pools.get(id)?.transfer?.kLa ?? 0),
    saturation: rate(`${id}.saturation`, set.get(`${id}.saturation`) ?? pools.get(id)?.transfer?.saturation ?? 0),
    feed: rate(`${id}.feed`, set.get(`${id}.feed`) ?? pools.get(id)?.feed ?? 0),
    held: hold || clamped.has(id),
  }));
  const dilution = rate("dilution", set.get("dilution") ?? options.dilution ?? 0);
  return { dilution, exchanges, ...vesselFor(options, owns, set) };
}

function vesselFor(
  { vessel }: MediumOptions,
  owns: readonly VariableDeclaration[],
  set: ReadonlyMap<string, number>,
): Pick<MediumParameters, "vessel"> {
  if (vessel === undefined) return {};
  const at = owns.findIndex(({ id }) => id === VOLUME);
  const flow = rate("flow", set.get("flow") ?? vessel.flow ?? 0);
  const growth = rate("flowGrowth", set.get("flowGrowth") ?? vessel.flowGrowth ?? 0);
  return { vessel: { at, flow, growth, from: set.get("flowFrom") ?? vessel.flowFrom ?? 0 } };
}

function strains({ biomass }: MediumOptions): readonly BiomassOptions[] {
  return "initial" in biomass ? [biomass] : biomass;
}

/** A variable that is held. */
function clampedAt(variable: string, value: number): string {
  if (value >= 0 && Number.isFinite(value)) return variable;
  const message = `'${variable}' is held at ${value}`;
  throw new CellweaveError("medium/value", message, { hint: "give an amount of 0 or more" });
}

function rate(name: string, value: number): number {
  if (value >= 0 && Number.isFinite(value)) return value;
  throw new CellweaveError("medium/value", `the medium's '${name}' is ${value}`, { hint: "give 0 or more" });
}

function checkDeclarations(owns: readonly VariableDeclaration[]): void {
  const seen = new Set<string>();
  for (const { id, initial, nominal } of owns) {
    if (seen.has(id)) throw new CellweaveError("medium/duplicate", `the medium lists '${id}' twice`);
    seen.add(id);
    if (!(initial >= 0) || !Number.isFinite(initial))
      throw new CellweaveError("medium/value", `'${id}' starts at ${initial}`, { hint: "give 0 or more" });
    if (!(nominal > 0)) throw new CellweaveError("medium/value", `'${id}' has the nominal value ${nominal}`);
  }
}
