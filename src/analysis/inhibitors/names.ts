import { CellweaveError } from "../../errors.ts";

/** What an antibody sees. */
export interface AntibodySite {
  /** The protein by its one name; upper case, letters and digits alone. */
  readonly protein: string;
  readonly residues: ReadonlySet<string>;
}

/** What tables call antibodies, ligands and drugs: `models/breast/names.json`, which the training reads too. */
export interface BreastNames {
  /** Protein and residues of an antibody in whatever spelling. */
  siteOf(antibody: string): AntibodySite;
  /** The ligand's one name; unknown ones as they are. */
  ligandOf(name: string): string;
  /** The drug's one name, or the drug of the same target that stands for it; unknown ones as they are. */
  drugOf(name: string): string;
  /** Whether `drugOf` gives another drug that stands for this one. */
  hasStandIn(name: string): boolean;
  /** Whether nothing is added under this name. */
  isVehicle(name: string): boolean;
  /** Assumed doses by drug, nmol/L. */
  readonly doses: ReadonlyMap<string, number>;
  /** The inhibitor whose rows may be trained on. */
  readonly trainingInhibitor: string;
  /** The antibody that stands for a kinase's activity in the ridge row. */
  readonly kinases: Readonly<Record<"AKT" | "MEK", string>>;
}

interface DrugNames {
  readonly names: readonly string[];
  /** Others of the same target and manner. */
  readonly alike: readonly string[];
  readonly dose: number;
}

interface NamesFile {
  readonly proteins: Readonly<Record<string, readonly string[]>>;
  readonly ligands: Readonly<Record<string, readonly string[]>>;
  readonly vehicle: readonly string[];
  readonly drugs: Readonly<Record<string, DrugNames>>;
  readonly trainingInhibitor: string;
  readonly kinases: BreastNames["kinases"];
}

/** @throws CellweaveError `names/file` where the text is not such a file */
export function parseBreastNames(text: string, file: string): BreastNames {
  const found = read(text, file);
  const proteins = canonical(Object.entries(found.proteins));
  const ligands = canonical(Object.entries(found.ligands));
  const drugs = canonical(Object.entries(found.drugs).map(([name, { names }]) => [name, names]));
  const standIns = new Map(
    Object.entries(found.drugs).flatMap(([name, { alike }]) => alike.map((other) => [keyOf(other), name])),
  );
  return {
    siteOf: (antibody) => siteOf(antibody, proteins),
    ligandOf: (name) => ligands.get(keyOf(name)) ?? name,
    drugOf: (name) => drugIn(drugs, name) ?? drugIn(standIns, name) ?? name,
    hasStandIn: (name) => drugIn(drugs, name) === undefined && drugIn(standIns, name) !== undefined,
    isVehicle: (name) => found.vehicle.includes(keyOf(name)),
    doses: new Map(Object.entries(found.drugs).map(([name, { dose }]) => [name, dose])),
    trainingInhibitor: found.trainingInhibitor,
    kinases: found.kinases,
  };
}

function read(text: string, file: string): NamesFile {
  try {
    const found: Partial<NamesFile> = JSON.parse(text);
    const { proteins, ligands, vehicle, drugs, trainingInhibitor, kinases } = found;
    if (proteins && ligands && vehicle && drugs && trainingInhibitor && kinases)
      return { proteins, ligands, vehicle, drugs, trainingInhibitor, kinases };
  } catch (cause) {
    throw new CellweaveError("names/file", "expected JSON", { place: { file }, cause });
  }
  const message = "expected proteins, ligands, vehicle, drugs, trainingInhibitor and kinases";
  throw new CellweaveError("names/file", message, { place: { file } });
}

/** Spelling to name. */
function canonical(table: readonly (readonly [string, readonly string[]])[]): ReadonlyMap<string, string> {
  return new Map(table.flatMap(([name, others]) => [name, ...others].map((spelling) => [keyOf(spelling), name])));
}

/** A drug by its spelling, with or without the `i` of an inhibitor. */
function drugIn(table: ReadonlyMap<string, string>, name: string): string | undefined {
  const key = keyOf(name);
  return table.get(key) ?? table.get(key.replace(/I$/, ""));
}

function keyOf(name: string): string {
  return name.toUpperCase().replace(/[^A-Z0-9]/g, "");
}

const LETTERS: ReadonlyMap<string, string> = new Map([
  ["SER", "S"],
  ["THR", "T"],
  ["TYR", "Y"],
]);

/** Residues start after a separator (`Akt-pS473`; the protein S6 is none), or at a small p (`AKTpS473`). */
const START = /[^A-Za-z0-9]+[pP]?(?=[STYsty]\d)(?![Ss]6(?!\d))|(?<=[A-Za-z0-9])p(?=[STY]\d\d)/;

/** `Phospho-Akt (Ser473)` is AKT with S473; `S6_pS235/236` is S6 with S235 and S236. */
function siteOf(antibody: string, proteins: ReadonlyMap<string, string>): AntibodySite {
  const text = antibody
    .replace(/(ser|thr|tyr)[- ]?(?=\d)/gi, (_, name: string) => LETTERS.get(name.toUpperCase()) ?? name)
    .replace(/^p(hospho)?[^a-z0-9]+/i, "");
  const start = text.search(START);
  const head = keyOf(start < 0 ? text : text.slice(0, start));
  const tail = start < 0 ? "" : text.slice(start).toUpperCase();
  const residues = [...tail.matchAll(/([STY])(\d+(?:\/\d+)*)/g)].flatMap(([, letter = "", numbers = ""]) =>
    numbers.split("/").map((number) => letter + number),
  );
  return {
    protein: proteins.get(head) ?? proteins.get(head.replace(/^P/, "")) ?? head,
    residues: new Set(residues),
  };
}

/**
 * Index of the antibody that shares most residues with a site and names fewest others; -1 where no antibody of that
 * protein shares one.
 * @param site as in `AKT S473`
 */
export function indexOfAntibody(observables: readonly string[], site: string, names: BreastNames): number {
  const [protein = "", ...residues] = site.split(" ");
  let best = -1;
  let most = 0;
  for (const [i, name] of observables.entries()) {
    const found = names.siteOf(name);
    if (found.protein !== protein) continue;
    const shared = residues.filter((residue) => found.residues.has(residue)).length;
    const score = shared === 0 ? 0 : shared - (found.residues.size - shared) / 100;
    if (score <= most) continue;
    best = i;
    most = score;
  }
  return best;
}
