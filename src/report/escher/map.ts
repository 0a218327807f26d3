import { CellweaveError } from "../../errors.ts";

export interface MapPoint {
  readonly x: number;
  readonly y: number;
}

/** A node of an Escher map, in the map's units. */
export interface MapNode extends MapPoint {
  readonly kind: "metabolite" | "marker";
  /** Metabolite id, and where it is written; of metabolites alone. */
  readonly id: string;
  readonly label: MapPoint;
  readonly primary: boolean;
}

/** A line between two nodes: straight, or a cubic Bezier curve. */
export interface MapSegment {
  readonly from: MapNode;
  readonly to: MapNode;
  readonly bends: readonly [MapPoint, MapPoint] | undefined;
}

export interface MapReaction {
  /** Reaction id as in the model. */
  readonly id: string;
  readonly name: string;
  readonly label: MapPoint;
  readonly reversible: boolean;
  /** Stoichiometry by metabolite id: below 0 for what goes in. */
  readonly coefficients: ReadonlyMap<string, number>;
  readonly segments: readonly MapSegment[];
}

export interface MapText extends MapPoint {
  readonly text: string;
}

/** A metabolic map as Escher saves it. */
export interface EscherMap {
  readonly name: string;
  readonly reactions: readonly MapReaction[];
  readonly nodes: readonly MapNode[];
  readonly texts: readonly MapText[];
  readonly canvas: MapPoint & { readonly width: number; readonly height: number };
}

type Json = Readonly<Record<string, unknown>>;

/**
 * Reads a map in Escher's JSON: a header, then reactions with their segments, nodes, text labels and the canvas.
 * @throws CellweaveError `escher/map` naming the reaction or node that is wrong
 * @see https://escher.github.io (schema 1-0-0)
 */
export function readEscherMap(text: string, file: string): EscherMap {
  const fault = (message: string, hint?: string) =>
    new CellweaveError("escher/map", message, { place: { file }, ...(hint === undefined ? {} : { hint }) });
  const [header, body] = parsed(text, fault);
  const nodes = new Map(
    Object.entries(objectAt(body, "nodes", fault)).map(([id, node]) => [id, nodeOf(id, node, fault)]),
  );
  const reactions = Object.values(objectAt(body, "reactions", fault)).map((entry) => reactionOf(entry, nodes, fault));
  const texts = Object.values((body.text_labels ?? {}) as Json).map((entry): MapText => {
    const { text: words } = entry as Json;
    return { ...pointOf(entry as Json, "a text label", fault), text: typeof words === "string" ? words : "" };
  });
  const canvas = objectAt(body, "canvas", fault);
  const [width, height] = [canvas.width, canvas.height].map(Number);
  if (!(width !== undefined && height !== undefined && width > 0 && height > 0))
    throw fault("the canvas has no width and height");
  const name = typeof header.map_name === "string" && header.map_name !== "" ? header.map_name : "map";
  const place = pointOf(canvas, "the canvas", fault);
  return { name, reactions, nodes: [...nodes.values()], texts, canvas: { ...place, width, height } };
}

type Fault = (message: string, hint?: string) => CellweaveError;

function parsed(text: string, fault: Fault): [Json, Json] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw fault(`not JSON: ${(cause as Error).message}`);
  }
  const [header, body] = Array.isArray(value) ? (value as unknown[]) : [];
  if (isObject(header) && isObject(body) && isObject(body.reactions)) return [header, body];
  const hint = "save it in Escher as JSON (Map > Save map JSON)";
  if (isObject(value) && Array.isArray(value.reactions)) throw fault("this is a COBRA model, not a map", hint);
  throw fault("not an Escher map: expected a list of a header and a body with reactions and nodes", hint);
}

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function objectAt(body: Json, key: string, fault: Fault): Json {
  const value = body[key];
  if (isObject(value)) return value;
  throw fault(`the map has no '${key}'`);
}

function pointOf({ x, y }: Json, what: string, fault: Fault): MapPoint {
  if (typeof x === "number" && typeof y === "number" && Number.isFinite(x) && Number.isFinite(y)) return { x, y };
  throw fault(`${what} has no place: x ${String(x)}, y ${String(y)}`);
}

function nodeOf(id: string, value: unknown, fault: Fault): MapNode {
  const node = isObject(value) ? value : {};
  const place = pointOf(node, `node '${id}'`, fault);
  if (node.node_type !== "metabolite") return { ...place, kind: "marker", id: "", label: place, primary: false };
  const label = { x: Number(node.label_x ?? place.x), y: Number(node.label_y ?? place.y) };
  return {
    ...place,
    kind: "metabolite",
    id: String(node.bigg_id ?? ""),
    label,
    primary: node.node_is_primary === true,
  };
}

function reactionOf(value: unknown, nodes: ReadonlyMap<string, MapNode>, fault: Fault): MapReaction {
  const reaction = isObject(value) ? value : {};
  const { bigg_id: id, name, reversibility } = reaction;
  if (typeof id !== "string" || id === "") throw fault("a reaction of the map has no bigg_id");
  const metabolites = Array.isArray(reaction.metabolites) ? (reaction.metabolites as Json[]) : [];
  const segments = Object.values(objectAt(reaction, "segments", fault)).map((entry): MapSegment => {
    const segment = isObject(entry) ? entry : {};
    const end = (key: "from_node_id" | "to_node_id"): MapNode => {
      const node = nodes.get(String(segment[key]));
      if (node !== undefined) return node;
      throw fault(`reaction '${id}' has a segment to node '${String(segment[key])}', which isn't there`);
    };
    return { from: end("from_node_id"), to: end("to_node_id"), bends: bendsOf(segment, id, fault) };
  });
  const [start = { x: 0, y: 0 }] = segments.map(({ from }) => from);
  return {
    id,
    name: typeof name === "string" ? name : id,
    label: { x: Number(reaction.label_x ?? start.x), y: Number(reaction.label_y ?? start.y) },
    reversible: reversibility === true,
    coefficients: new Map(metabolites.map((m) => [String(m.bigg_id), Number(m.coefficient)])),
    segments,
  };
}

function bendsOf({ b1, b2 }: Json, reaction: string, fault: Fault): MapSegment["bends"] {
  if (!isObject(b1) || !isObject(b2)) return undefined;
  const what = `a bend of reaction '${reaction}'`;
  return [pointOf(b1, what, fault), pointOf(b2, what, fault)];
}
