import type { FluxModel } from "../../src/metabolism/model/flux-model.ts";
import { fluxModel } from "../../src/metabolism/read/read-model.ts";
import { readSbml } from "../../src/sbml/read.ts";

/**
 * A small model from lines `id: 2 a + b -> c [lower, upper] rule`; a trailing `*` on the id makes it the objective.
 * Rules are `g1`, `g1 and g2` or `g1 or g2`.
 */
export function tiny(text: string): FluxModel {
  const lines = text
    .trim()
    .split("\n")
    .map((line) => line.trim());
  const species = new Set<string>();
  const genes = new Set<string>();
  const reactions = lines.map((line) => {
    const [, id = "", star, left = "", right = "", lb = "", ub = "", rule = ""] =
      /^(\w+)(\*?):(.*)->(.*)\[(.*),(.*)\]\s*(.*)$/.exec(line) ?? [];
    const side = (part: string, tag: string) => {
      const terms = part
        .split("+")
        .map((term) => term.trim())
        .filter((term) => term !== "");
      const refs = terms.map((term) => {
        const [, k = "1", name = ""] = /^(?:([\d.]+) )?(\w+)$/.exec(term) ?? [];
        species.add(name);
        return `<speciesReference species="${name}" stoichiometry="${k}" constant="true"/>`;
      });
      return refs.length === 0 ? "" : `<${tag}>${refs.join("")}</${tag}>`;
    };
    const names = rule.match(/g\d+/g) ?? [];
    for (const name of names) genes.add(name);
    const leaves = names.map((name) => `<fbc:geneProductRef fbc:geneProduct="${name}"/>`).join("");
    const operator = rule.includes(" or ") ? "or" : "and";
    const body = names.length > 1 ? `<fbc:${operator}>${leaves}</fbc:${operator}>` : leaves;
    const gpa = names.length === 0 ? "" : `<fbc:geneProductAssociation>${body}</fbc:geneProductAssociation>`;
    return {
      id,
      objective: star === "*",
      lb: lb.trim(),
      ub: ub.trim(),
      left: side(left, "listOfReactants"),
      right: side(right, "listOfProducts"),
      gpa,
    };
  });
  const xml = `<?xml version="1.0" encoding="UTF-8"?>
<sbml xmlns="http://www.sbml.org/sbml/level3/version1/core" level="3" version="1"
  xmlns:fbc="http://www.sbml.org/sbml/level3/version1/fbc/version2" fbc:required="false"><model id="tiny" fbc:strict="true">
<listOfCompartments><compartment id="cell" constant="true"/></listOfCompartments>
<listOfSpecies>${[...species].map((id) => `<species id="${id}" compartment="cell" hasOnlySubstanceUnits="false" boundaryCondition="false" constant="false"/>`).join("\n")}</listOfSpecies>
<listOfParameters>${reactions.map(({ id, lb, ub }) => `<parameter id="lb_${id}" value="${lb}" constant="true"/><parameter id="ub_${id}" value="${ub}" constant="true"/>`).join("\n")}</listOfParameters>
${genes.size === 0 ? "" : `<fbc:listOfGeneProducts>${[...genes].map((id) => `<fbc:geneProduct fbc:id="${id}" fbc:label="${id}"/>`).join("")}</fbc:listOfGeneProducts>`}
<listOfReactions>${reactions.map(({ id, left, right, gpa }) => `<reaction id="${id}" reversible="true" fast="false" fbc:lowerFluxBound="lb_${id}" fbc:upperFluxBound="ub_${id}">${left}${right}${gpa}</reaction>`).join("\n")}</listOfReactions>
<fbc:listOfObjectives fbc:activeObjective="o"><fbc:objective fbc:id="o" fbc:type="maximize"><fbc:listOfFluxObjectives>
${reactions
  .filter(({ objective }) => objective)
  .map(({ id }) => `<fbc:fluxObjective fbc:reaction="${id}" fbc:coefficient="1"/>`)
  .join("")}
</fbc:listOfFluxObjectives></fbc:objective></fbc:listOfObjectives></model></sbml>`;
  return fluxModel(readSbml(xml));
}

/** Growth takes at most 6 of 10; what is left may leave as p or q, or stay outside. */
export const branched = () =>
  tiny(`
    EX_a: a -> [-10, 1000]
    GROW*: a -> [0, 6]
    P: a -> p [0, 3]
    Q: a -> q [0, 3]
    EX_p: p -> [0, 1000]
    EX_q: q -> [0, 1000]`);
