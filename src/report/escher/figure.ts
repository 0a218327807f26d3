import { type Figure, figure, label } from "../svg/figure.ts";
import { number } from "../svg/format.ts";
import { type Markup, svg } from "../svg/markup.ts";
import { GROUND, INK, MUTED } from "../svg/palette.ts";
import { drawSegment } from "./arrow.ts";
import { extentOf, TEXT } from "./extent.ts";
import { ABSENT, CLOSED, fluxColour, IDLE, legend } from "./legend.ts";
import type { EscherMap, MapNode, MapReaction } from "./map.ts";
import { type Coefficients, isTurned } from "./orientation.ts";

/** A metabolic map and the fluxes to draw on it. */
export interface FluxMapInput {
  readonly map: EscherMap;
  /** mmol gDW^-1 h^-1 by reaction id. */
  readonly fluxes: ReadonlyMap<string, number>;
  /** Reactions that are closed by a knockout. */
  readonly closed: ReadonlySet<string>;
  /** The model's coefficients, for maps that write a reaction the other way round; the map's count where absent. */
  readonly coefficients?: Coefficients;
  readonly title: string;
  readonly subtitle: string;
}

/** What of model and map doesn't meet. */
export interface Unmatched {
  /** Reactions of the map that the model lacks. */
  readonly notInModel: readonly string[];
  /** Reactions that carry flux and aren't on the map, largest first. */
  readonly notOnMap: readonly string[];
}

/** px for each unit of the map, and the least width of a figure. */
const SCALE = 0.4;
const LEAST = 1060;
const HEAD = 74;
const NOTHING = 1e-6;
const RADIUS = { primary: 14, secondary: 8 } as const;
/** Width of a line to a cofactor, as a share of the reaction's. */
const ASIDE = 0.5;
const LINE = { idle: 4, least: 6, most: 24 } as const;

/** Reactions that the map and the fluxes don't share: drawn ones without a flux, and those that carry flux undrawn. */
export function unmatched({ map, fluxes }: Pick<FluxMapInput, "map" | "fluxes">): Unmatched {
  const drawn = new Set(map.reactions.map(({ id }) => id));
  const carrying = [...fluxes].filter(([id, v]) => Math.abs(v) > NOTHING && !drawn.has(id));
  return {
    notInModel: [...drawn].filter((id) => !fluxes.has(id)),
    notOnMap: carrying.sort(([, a], [, b]) => Math.abs(b) - Math.abs(a)).map(([id]) => id),
  };
}

/** A metabolic map with fluxes on it: arrows where flux goes, wider and darker the more there is. */
export function fluxMapFigure(input: FluxMapInput): Figure {
  const { map, fluxes, closed, title, subtitle } = input;
  const extent = extentOf(map);
  const largest = Math.max(...map.reactions.map(({ id }) => Math.abs(fluxes.get(id) ?? 0)), NOTHING);
  const width = Math.max(LEAST, SCALE * extent.width);
  const scale = Math.min(1, width / extent.width);
  const aside = (width - extent.width * scale) / 2;
  const { notInModel, notOnMap } = unmatched(input);
  const notes = [
    ["On the map, not in the model", notInModel],
    ["Carrying flux, not on the map", notOnMap],
  ] as const;
  const lines = notes.flatMap(([what, ids]) => (ids.length === 0 ? [] : [`${what}: ${listed(ids)}`]));
  const bottom = HEAD + extent.height * scale;
  const caption =
    `Fluxes in mmol gDW⁻¹ h⁻¹ on the map ${map.name}, the largest ${number(largest)}. Arrows point where flux goes; wide ` +
    `and dark lines carry much, grey ones nothing.${closed.size === 0 ? "" : ` Closed: ${[...closed].join(", ")}.`}` +
    lines.map((line) => ` ${line}.`).join("");
  const place = `translate(${aside.toFixed(1)} ${HEAD}) scale(${scale.toFixed(5)}) translate(${-extent.x} ${-extent.y})`;
  const style = (reaction: MapReaction) => styleOf(reaction, input, largest);
  return figure(
    { name: "flux-map", title, caption },
    { width, height: bottom + 12 + 18 * lines.length },
    label(18, 26, title, { size: 18, weight: 600 }),
    label(18, 47, subtitle, { fill: MUTED }),
    legend(largest, closed.size > 0, notInModel.length > 0),
    svg(
      "g",
      { class: "map", transform: place },
      map.texts.map(({ x, y, text }) =>
        svg("text", { x, y, class: "muted", fill: MUTED, "font-size": TEXT.title }, text),
      ),
      byFlux(map.reactions, fluxes).map((reaction) => drawReaction(reaction, style(reaction))),
      map.nodes.map(drawNode),
      map.reactions.map((reaction) => reactionLabel(reaction, style(reaction))),
    ),
    lines.map((line, k) => label(18, bottom + 10 + 18 * k, line, { fill: MUTED })),
  );
}

const NAMED = 14;

/** The first ids of a list, and how many more there are. */
export function listed(ids: readonly string[]): string {
  const more = ids.length > NAMED ? ` and ${ids.length - NAMED} more` : "";
  return `${ids.slice(0, NAMED).join(", ")}${more}`;
}

/** Small fluxes below large ones. */
function byFlux(reactions: readonly MapReaction[], fluxes: ReadonlyMap<string, number>): MapReaction[] {
  return reactions.toSorted((a, b) => Math.abs(fluxes.get(a.id) ?? 0) - Math.abs(fluxes.get(b.id) ?? 0));
}

interface Style {
  /** NaN where the model lacks the reaction. */
  readonly flux: number;
  readonly colour: string;
  readonly width: number;
  readonly dash: string | undefined;
  readonly closed: boolean;
  /** Whether the map writes the reaction the other way round than the model. */
  readonly turned: boolean;
}

function styleOf(reaction: MapReaction, { fluxes, closed, coefficients }: FluxMapInput, largest: number): Style {
  const flux = fluxes.get(reaction.id) ?? Number.NaN;
  const plain = { flux, dash: undefined, closed: false, turned: isTurned(reaction, coefficients) };
  if (closed.has(reaction.id)) return { ...plain, colour: CLOSED, width: LINE.least, dash: "18 12", closed: true };
  if (Number.isNaN(flux)) return { ...plain, colour: ABSENT, width: LINE.idle, dash: "6 8" };
  if (Math.abs(flux) < NOTHING) return { ...plain, colour: IDLE, width: LINE.idle };
  const share = Math.sqrt(Math.abs(flux) / largest);
  return { ...plain, colour: fluxColour(share), width: LINE.least + (LINE.most - LINE.least) * share };
}

function drawReaction(reaction: MapReaction, style: Style): Markup {
  const { colour, width, dash, flux } = style;
  const told = Number.isNaN(flux) ? "not in the model" : number(flux);
  return svg(
    "g",
    { class: "reaction", stroke: colour, "stroke-width": width, "stroke-dasharray": dash, fill: "none" },
    svg("title", {}, `${reaction.id}: ${told}`),
    reaction.segments.map((segment) => {
      const aside = [segment.from, segment.to].some(({ kind, primary }) => kind === "metabolite" && !primary);
      const thick = aside ? ASIDE * width : width;
      const { path, heads } = drawSegment(segment, {
        from: hasHead(reaction, segment.from, style),
        to: hasHead(reaction, segment.to, style),
        gap: (end) => (segment[end].primary ? RADIUS.primary : RADIUS.secondary) + 3,
        width: thick,
      });
      return [
        svg("path", { d: path, "stroke-linecap": "round", "stroke-width": aside ? thick : undefined }),
        heads.map((d) => svg("path", { d, fill: colour, stroke: "none" })),
      ];
    }),
  );
}

/** Whether flux arrives at a node; where there is none, whether it could. */
function hasHead({ coefficients, reversible }: MapReaction, { kind, id }: MapNode, style: Style): boolean {
  const { flux, closed, turned } = style;
  const coefficient = coefficients.get(id) ?? 0;
  if (kind !== "metabolite" || coefficient === 0 || closed) return false;
  if (Math.abs(flux) > NOTHING) return coefficient * flux > 0 !== turned;
  return reversible || coefficient > 0;
}

function drawNode({ kind, x, y, id, primary, label: at }: MapNode): Markup | undefined {
  if (kind === "marker") return undefined;
  return svg(
    "g",
    { class: "metabolite" },
    svg("circle", {
      cx: x,
      cy: y,
      r: primary ? RADIUS.primary : RADIUS.secondary,
      fill: primary ? "#F2E3C6" : "#F7F1E6",
      stroke: "#8F7B52",
      "stroke-width": primary ? 2.5 : 1.5,
    }),
    svg(
      "text",
      { x: at.x, y: at.y, class: "ink", fill: INK, "font-size": primary ? TEXT.primary : TEXT.secondary },
      id,
    ),
  );
}

function reactionLabel({ id, label: at }: MapReaction, { flux, colour, closed }: Style): Markup {
  const runs = Math.abs(flux) > NOTHING;
  const value = closed ? " ✕" : runs ? ` ${number(flux)}` : "";
  const fill = closed ? CLOSED : runs ? "#06325F" : Number.isNaN(flux) ? colour : "#8A8A8A";
  const halo = { "paint-order": "stroke", stroke: GROUND, "stroke-width": 6 } as const;
  return svg(
    "text",
    { x: at.x, y: at.y, fill, "font-size": TEXT.reaction, "font-weight": 600, class: "name", ...halo },
    `${id}${value}`,
  );
}
