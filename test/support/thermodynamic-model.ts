/** An expression as optlang writes it. */
export const linear = (coefficients: Readonly<Record<string, number>>): object => ({
  type: "Add",
  args: Object.entries(coefficients).map(([name, value]) => ({
    type: "Mul",
    args: [
      { type: "Number", value },
      { type: "Symbol", name },
    ],
  })),
});

const reaction = (id: string, metabolites: Record<string, number>, lower: number, upper: number, rule = "") => {
  return { id, name: "", metabolites, lower_bound: lower, upper_bound: upper, gene_reaction_rule: rule };
};

const variable = (kind: string, name: string, lb: number, ub: number, type = "continuous") => {
  return { id: name.slice(name.indexOf("_") + 1), name, kind, lb, ub, type, scaling_factor: 1 };
};

const constraint = (kind: string, name: string, lb: number | null, ub: number, of: Record<string, number>) => {
  return { id: name.slice(name.indexOf("_") + 1), name, kind, lb, ub, expression: linear(of) };
};

/** RT, kJ/mol. */
export const RT = 2.5;
/** What a direction in use needs, kJ/mol. */
export const EPSILON = 1e-6;

/**
 * Uptake of `a` (10), two ways to `b`: `good` (gene g) keeps all of it, `poor` a half; growth on `b`. `good` has a
 * Gibbs energy, DG = energy + RT (ln b - ln a); the laws that a direction in use obeys are written as pyTFA writes them.
 * @param energy standard Gibbs energy of `good`, kJ/mol
 * @param least and most concentrations of both, mol/L
 */
export function thermodynamicModel(energy: number, least = 1e-5, most = 1e-2) {
  const [low, high] = [Math.log(least), Math.log(most)];
  return {
    id: "tipped",
    kind: "ThermoModel",
    metabolites: ["a", "b"].map((id) => ({ id, name: id, compartment: "c", formula: "C2" })),
    reactions: [
      reaction("EX_a", { a: -1 }, -10, 0),
      reaction("good", { a: -1, b: 1 }, -1000, 1000, "g"),
      reaction("poor", { a: -1, b: 0.5 }, 0, 1000),
      reaction("GROW", { b: -1 }, 0, 1000),
    ],
    genes: [{ id: "g", name: "g" }],
    objective: { GROW: 1, GROW_reverse_0a1b2: -1 },
    variables: [
      variable("LogConcentration", "LC_a", low, high),
      variable("LogConcentration", "LC_b", low, high),
      variable("DeltaG", "DG_good", -1000, 1000),
      variable("DeltaGstd", "DGo_good", energy, energy),
      variable("ForwardUseVariable", "FU_good", 0, 1, "binary"),
      variable("BackwardUseVariable", "BU_good", 0, 1, "binary"),
    ],
    constraints: [
      constraint("NegativeDeltaG", "G_good", 0, 0, { DGo_good: 1, DG_good: -1, LC_b: RT, LC_a: -RT }),
      constraint("ForwardDeltaGCoupling", "FU_good", null, 1000 - EPSILON, { DG_good: 1, FU_good: 1000 }),
      constraint("BackwardDeltaGCoupling", "BU_good", null, 1000 - EPSILON, { DG_good: -1, BU_good: 1000 }),
      constraint("SimultaneousUse", "SU_good", null, 1, { FU_good: 1, BU_good: 1 }),
      constraint("ForwardDirectionCoupling", "UF_good", null, 0, { good: 1, FU_good: -1000 }),
      constraint("BackwardDirectionCoupling", "UR_good", null, 0, { good_reverse_7c8d9: 1, BU_good: -1000 }),
    ],
    thermo_data: {},
    temperature: 298.15,
  };
}
