import { type Static, Type } from "../../vendor/typebox.ts";

const strict = { additionalProperties: false } as const;

const from = Type.Optional(
  Type.Number({
    description:
      "Start of the window, hours. Left out, the perturbation is there from the start; a gene perturbation is then " +
      "the strain's genotype, in force during the preculture too.",
  }),
);
const to = Type.Optional(
  Type.Number({ description: "End of the window, hours (it is in force while from <= t < to). Default: the end." }),
);
const gene = (what: string) =>
  Type.String({ description: `${what}: a gene's name, b-number or synonym, as in arcA or b4401.` });

const knockout = Type.Object(
  { knockout: gene("The gene whose production is set to zero"), from, to },
  { ...strict, title: "Knockout", description: "No production of the gene's product; what is there decays." },
);

const knockdown = Type.Object(
  {
    knockdown: gene("The gene whose production is lowered"),
    level: Type.Number({ minimum: 0, maximum: 1, description: "Production relative to the unperturbed cell, 0 to 1." }),
    from,
    to,
  },
  { ...strict, title: "Knockdown", description: "Less production of the gene's product." },
);

const overexpression = Type.Object(
  {
    overexpression: gene("The gene whose production is raised"),
    level: Type.Number({ minimum: 1, description: "Production relative to the unperturbed cell, at least 1." }),
    from,
    to,
  },
  { ...strict, title: "Overexpression", description: "More production of the gene's product." },
);

const clamp = Type.Object(
  {
    clamp: Type.String({ description: "The variable that is held, for example flux:PFK or pool:o2_e." }),
    value: Type.Number({ description: "The value it is held at, in the variable's unit." }),
    from,
    to,
  },
  { ...strict, title: "Clamp", description: "A variable held at a value by its owner." },
);

const parameter = Type.Object(
  {
    parameter: Type.String({ description: "A parameter of one module, written module.parameter." }),
    value: Type.Number({ description: "Its value while the window lasts, in the parameter's unit." }),
    from,
    to,
  },
  { ...strict, title: "Parameter", description: "A parameter of a module set to another value." },
);

const mediumSet = Type.Object(
  {
    medium: Type.String({ description: "A pool of the medium, for example glc__D_e." }),
    set: Type.Number({
      minimum: 0,
      description: "Its new concentration, in the pool's unit: mmol/L unless the manifest says otherwise.",
    }),
    at: Type.Number({ description: "When, hours." }),
  },
  { ...strict, title: "Medium change", description: "A concentration changed at once: a pulse, a feed, a wash." },
);

const mediumTransfer = Type.Object(
  {
    medium: Type.String({ description: "A pool of the medium that exchanges with a gas, for example o2_e." }),
    kLa: Type.Number({ minimum: 0, description: "Transfer coefficient between gas and liquid, 1/h; 0 shuts it off." }),
    from,
    to,
  },
  { ...strict, title: "Gas transfer", description: "Aeration changed in a window." },
);

export const perturbationSchema = Type.Union(
  [knockout, knockdown, overexpression, clamp, mediumSet, mediumTransfer, parameter],
  { description: "What is done to the cell. The first key says what: knockout, knockdown, overexpression, clamp, ..." },
);

/** One entry of `perturbations:` as written. */
export type PerturbationSpec = Static<typeof perturbationSchema>;
