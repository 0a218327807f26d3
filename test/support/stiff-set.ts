import type { SbmlDocument } from "../../src/sbml/document.ts";
import { infixModel } from "./infix-model.ts";

/**
 * One problem of the Test Set for IVP Solvers (Mazzia, Magherini, release 2.4, University of Bari; the problems are
 * also in Hairer and Wanner, Solving Ordinary Differential Equations II, section IV.10), as an SBML Level 1 model:
 * its formulas stand in infix.
 */
export interface StiffProblem {
  readonly name: string;
  readonly document: SbmlDocument;
  readonly end: number;
  /** Absolute tolerance that goes with a relative one of 1e-6: below what the smallest component has to show. */
  readonly atol: number;
  /** The test set's reference solution at the end, by id. */
  readonly reference: Readonly<Record<string, number>>;
}

interface Written {
  readonly name: string;
  readonly end: number;
  readonly atol: number;
  readonly constants?: Readonly<Record<string, number>>;
  readonly start: Readonly<Record<string, number>>;
  /** Assignment rules. */
  readonly rules?: Readonly<Record<string, string>>;
  readonly rates: Readonly<Record<string, string>>;
  readonly reference: readonly number[];
}

function problem({ name, end, atol, constants = {}, start, rules = {}, rates, reference }: Written): StiffProblem {
  const document = infixModel(rates, { start, constants, rules });
  const ids = Object.keys(rates);
  const values = Object.fromEntries(reference.map((value, i) => [ids[i] ?? "", value]));
  return { name, document, end, atol, reference: values };
}

const rober = problem({
  name: "ROBER",
  end: 1e11,
  atol: 1e-18,
  start: { y1: 1 },
  rates: {
    y1: "-0.04*y1 + 1e4*y2*y3",
    y2: "0.04*y1 - 1e4*y2*y3 - 3e7*y2*y2",
    y3: "3e7*y2*y2",
  },
  reference: [0.2083340149701255e-7, 0.8333360770334713e-13, 0.999999979166505],
});

const hires = problem({
  name: "HIRES",
  end: 321.8122,
  atol: 1e-10,
  start: { y1: 1, y8: 0.0057 },
  rates: {
    y1: "-1.71*y1 + 0.43*y2 + 8.32*y3 + 0.0007",
    y2: "1.71*y1 - 8.75*y2",
    y3: "-10.03*y3 + 0.43*y4 + 0.035*y5",
    y4: "8.32*y2 + 1.71*y3 - 1.12*y4",
    y5: "-1.745*y5 + 0.43*y6 + 0.43*y7",
    y6: "-280*y6*y8 + 0.69*y4 + 1.71*y5 - 0.43*y6 + 0.69*y7",
    y7: "280*y6*y8 - 1.81*y7",
    y8: "-280*y6*y8 + 1.81*y7",
  },
  reference: [
    0.7371312573325668e-3, 0.1442485726316185e-3, 0.5888729740967575e-4, 0.1175651343283149e-2, 0.2386356198831331e-2,
    0.6238968252742796e-2, 0.2849998395185769e-2, 0.2850001604814231e-2,
  ],
});

const orego = problem({
  name: "OREGO",
  end: 360,
  atol: 1e-9,
  constants: { s: 77.27, w: 0.161, q: 8.375e-6 },
  start: { y1: 1, y2: 2, y3: 3 },
  rates: { y1: "s*(y2 - y1*y2 + y1 - q*y1*y1)", y2: "(-y2 - y1*y2 + y3)/s", y3: "w*(y1 - y3)" },
  reference: [0.1000814870318523e1, 0.1228178521549917e4, 0.1320554942846706e3],
});

const vdpol = problem({
  name: "VDPOL",
  end: 2,
  atol: 1e-9,
  start: { y1: 2 },
  rates: { y1: "y2", y2: "((1 - y1*y1)*y2 - y1)/1e-6" },
  reference: [0.1706167732170483e1, -0.8928097010247975],
});

const POLLU_K = [
  0.35, 26.6, 12300, 0.00086, 0.00082, 15000, 0.00013, 24000, 16500, 9000, 0.022, 12000, 1.88, 16300, 4800000, 0.00035,
  0.0175, 1e8, 4.44e11, 1240, 2.1, 5.78, 0.0474, 1780, 3.12,
];
const POLLU_R = [
  "y1",
  "y2*y4",
  "y5*y2",
  "y7",
  "y7",
  "y7*y6",
  "y9",
  "y9*y6",
  "y11*y2",
  "y11*y1",
  "y13",
  "y10*y2",
  "y14",
  "y1*y6",
  "y3",
  "y4",
  "y4",
  "y16",
  "y16",
  "y17*y6",
  "y19",
  "y19",
  "y1*y4",
  "y19*y1",
  "y20",
];

const pollu = problem({
  name: "POLLU",
  end: 60,
  atol: 1e-24,
  constants: Object.fromEntries(POLLU_K.map((k, i) => [`k${i + 1}`, k])),
  start: { y2: 0.2, y4: 0.04, y7: 0.1, y8: 0.3, y9: 0.01, y17: 0.007 },
  rules: Object.fromEntries(POLLU_R.map((r, i) => [`r${i + 1}`, `k${i + 1}*${r}`])),
  rates: {
    y1: "-r1 - r10 - r14 - r23 - r24 + r2 + r3 + r9 + r11 + r12 + r22 + r25",
    y2: "-r2 - r3 - r9 - r12 + r1 + r21",
    y3: "-r15 + r1 + r17 + r19 + r22",
    y4: "-r2 - r16 - r17 - r23 + r15",
    y5: "-r3 + 2*r4 + r6 + r7 + r13 + r20",
    y6: "-r6 - r8 - r14 - r20 + r3 + 2*r18",
    y7: "-r4 - r5 - r6 + r13",
    y8: "r4 + r5 + r6 + r7",
    y9: "-r7 - r8",
    y10: "-r12 + r7 + r9",
    y11: "-r9 - r10 + r8 + r11",
    y12: "r9",
    y13: "-r11 + r10",
    y14: "-r13 + r12",
    y15: "r14",
    y16: "-r18 - r19 + r16",
    y17: "-r20",
    y18: "r20",
    y19: "-r21 - r22 - r24 + r23 + r25",
    y20: "-r25 + r24",
  },
  reference: [
    0.5646255480022769e-1, 0.1342484130422339, 0.4139734331099427e-8, 0.5523140207484359e-2, 0.2018977262302196e-6,
    0.1464541863493966e-6, 0.7784249118997964e-1, 0.3245075353396018, 0.7494013383880406e-2, 0.1622293157301561e-7,
    0.1135863833257075e-7, 0.2230505975721359e-2, 0.208716288279863e-3, 0.1396921016840158e-4, 0.8964884856898295e-2,
    0.4352846369330103e-17, 0.6899219696263405e-2, 0.1007803037365946e-3, 0.1772146513969984e-5, 0.5682943292316392e-4,
  ],
});

/** Charge of a diode. */
const diode = (voltage: string): string => `gamma*(exp(delta*(${voltage})) - 1)`;

/** Not stiff so much as oscillating: some 5,000 hardly damped periods, over which BDF's errors add up. */
const ring = problem({
  name: "Ring modulator",
  end: 1e-3,
  atol: 1e-15,
  constants: {
    ...{ C: 1.6e-8, Cs: 2e-12, Cp: 1e-8, Lh: 4.45, Ls1: 0.002, Ls2: 5e-4, Ls3: 5e-4, gamma: 40.67286402e-9, R: 25000 },
    ...{ Rp: 50, Rg1: 36.3, Rg2: 17.3, Rg3: 17.3, Ri: 50, Rc: 600, delta: 17.7493332, pi: Math.PI },
  },
  start: {},
  rules: {
    Uin1: "0.5*sin(2000*pi*clock)",
    Uin2: "2*sin(20000*pi*clock)",
    q1: diode("y3 - y5 - y7 - Uin2"),
    q2: diode("-y4 + y6 - y7 - Uin2"),
    q3: diode("y4 + y5 + y7 + Uin2"),
    q4: diode("-y3 - y6 + y7 + Uin2"),
  },
  rates: {
    y1: "(y8 - 0.5*y10 + 0.5*y11 + y14 - y1/R)/C",
    y2: "(y9 - 0.5*y12 + 0.5*y13 + y15 - y2/R)/C",
    y3: "(y10 - q1 + q4)/Cs",
    y4: "(-y11 + q2 - q3)/Cs",
    y5: "(y12 + q1 - q3)/Cs",
    y6: "(-y13 - q2 + q4)/Cs",
    y7: "(-y7/Rp + q1 + q2 - q3 - q4)/Cp",
    y8: "-y1/Lh",
    y9: "-y2/Lh",
    y10: "(0.5*y1 - y3 - Rg2*y10)/Ls2",
    y11: "(-0.5*y1 + y4 - Rg3*y11)/Ls3",
    y12: "(0.5*y2 - y5 - Rg2*y12)/Ls2",
    y13: "(-0.5*y2 + y6 - Rg3*y13)/Ls3",
    y14: "(-y1 + Uin1 - (Ri + Rg1)*y14)/Ls1",
    y15: "(-y2 - (Rc + Rg1)*y15)/Ls1",
    clock: "1",
  },
  reference: [
    -0.2339057358486745e-1, -0.7367485485540825e-2, 0.2582956709291169, -0.406446572128345, -0.4039455665149794,
    0.2607966765422943, 0.1106761861269975, 0.2939904342435596e-6, -0.2840029933642329e-7, 0.7267198267264553e-3,
    0.792948719696084e-3, -0.7255283495698965e-3, -0.7941401968526521e-3, 0.7088495416976114e-4, 0.239005907523657e-4,
  ],
});

export const STIFF_SET: readonly StiffProblem[] = [rober, hires, orego, vdpol, pollu, ring];
