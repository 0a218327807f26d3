/** Reactions of central carbon metabolism by pathway, as BiGG names them (bigg.ucsd.edu). */
export const CENTRAL_CARBON: readonly { readonly pathway: string; readonly reactions: readonly string[] }[] = [
  { pathway: "Uptake and glycolysis", reactions: ["GLCpts", "PGI", "PFK", "FBP", "FBA", "GAPD", "PYK"] },
  { pathway: "Pentose phosphates, Entner-Doudoroff", reactions: ["G6PDH2r", "GND", "TKT1", "EDA"] },
  { pathway: "Around pyruvate", reactions: ["PDH", "PFL", "PPC", "PPCK", "ME1", "ME2"] },
  {
    pathway: "TCA cycle, glyoxylate shunt",
    reactions: ["CS", "ICDHyr", "AKGDH", "SUCDi", "FUM", "MDH", "ICL", "MALS"],
  },
  { pathway: "Fermentation and acetate", reactions: ["PTAr", "ACKr", "ACS", "ALCD2x", "LDH_D"] },
  { pathway: "Respiration and ATP", reactions: ["NADH16", "CYTBD", "ATPS4r"] },
];
