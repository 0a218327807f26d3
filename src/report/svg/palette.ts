import type { ArmName } from "../../scenario/arms/arm.ts";

/** How a line looks; colours of Okabe and Ito (jfly.uni-koeln.de/color), dashes distinct in grey. */
export interface LineStyle {
  readonly label: string;
  /** Line colour on white. */
  readonly colour: string;
  /** Darker, for text on white (contrast above 4.5). */
  readonly ink: string;
  /** Line and text on a dark ground. */
  readonly dark: string;
  readonly width: number;
  readonly dash?: string;
}

export const ARM_STYLES: Readonly<Record<ArmName, LineStyle>> = {
  hybrid: { label: "hybrid", colour: "#009E73", ink: "#00785A", dark: "#2FC99B", width: 2.8 },
  mechanistic: { label: "mechanistic", colour: "#0072B2", ink: "#0068A3", dark: "#56B4E9", width: 1.8, dash: "7 4" },
  learned: { label: "learned", colour: "#D55E00", ink: "#B34F00", dark: "#F2954B", width: 2.8, dash: "0.1 5" },
};

export const REFERENCE_STYLE: LineStyle = {
  label: "wild type",
  colour: "#8A8A8A",
  ink: "#6B6B6B",
  dark: "#A8A8A8",
  width: 1.2,
};

/** Lines of several substances in one figure; the last two are for biomass and oxygen, alone in their panels. */
export const SUBSTANCE_STYLES: readonly LineStyle[] = [
  { label: "", colour: "#0072B2", ink: "#0068A3", dark: "#56B4E9", width: 2.4 },
  { label: "", colour: "#D55E00", ink: "#B34F00", dark: "#F2954B", width: 2.4, dash: "8 3" },
  { label: "", colour: "#CC79A7", ink: "#A54F7F", dark: "#E0A3C5", width: 2, dash: "4 3" },
  { label: "", colour: "#E69F00", ink: "#8F6300", dark: "#F0BE55", width: 2, dash: "2 2.5" },
  { label: "", colour: "#009E73", ink: "#00785A", dark: "#2FC99B", width: 2.4 },
  { label: "", colour: "#555555", ink: "#555555", dark: "#BBBBBB", width: 2 },
];

/** The order in which arms are drawn: the thick solid line below, so that coinciding lines stay visible. */
export const DRAWING_ORDER: readonly ArmName[] = ["hybrid", "mechanistic", "learned"];

export const INK = "#222222";
export const MUTED = "#666666";
export const GRID = "#E4E4E4";
export const SHADE = "#F3EFE0";
export const GROUND = "#FFFFFF";
export const FONT = "Inter, 'Helvetica Neue', Helvetica, Arial, 'Liberation Sans', sans-serif";
