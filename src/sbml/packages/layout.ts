import type { ReadContext } from "../context.ts";
import { readSBase } from "../sbase.ts";
import type { XmlElement } from "../xml.ts";
import type { Glyph, Layout } from "./document.ts";
import { packageReader } from "./elements.ts";

const LISTS = [
  ...["listOfCompartmentGlyphs", "listOfSpeciesGlyphs", "listOfReactionGlyphs", "listOfTextGlyphs"],
  "listOfAdditionalGraphicalObjects",
];
/** Attributes that name what a glyph stands for. */
const REFERENCES = ["compartment", "species", "reaction", "originOfText", "reference"];

/** Layouts of a model: their size, and the glyphs with what they stand for and where; curves are left in the file. */
export function readLayouts(context: ReadContext, model: XmlElement): Layout[] {
  const layout = packageReader(context, "layout");
  const base = (e: XmlElement) => {
    const name = layout.text(e, "name");
    return { ...readSBase(context, e, false), id: layout.id(e, "id") ?? "", ...(name === undefined ? {} : { name }) };
  };
  const box = (e: XmlElement): Pick<Glyph, "x" | "y" | "width" | "height"> => {
    const bounds = layout.child(e, "boundingBox");
    const position = bounds && layout.child(bounds, "position");
    const dimensions = bounds && layout.child(bounds, "dimensions");
    const [x, y] = [position && layout.number(position, "x"), position && layout.number(position, "y")];
    const width = dimensions && layout.number(dimensions, "width");
    const height = dimensions && layout.number(dimensions, "height");
    return {
      ...(x === undefined ? {} : { x }),
      ...(y === undefined ? {} : { y }),
      ...(width === undefined ? {} : { width }),
      ...(height === undefined ? {} : { height }),
    };
  };
  const glyph = (e: XmlElement): Glyph => {
    const of = REFERENCES.map((key) => layout.text(e, key)).find((id) => id !== undefined);
    return { ...base(e), kind: e.name, ...(of === undefined ? {} : { of }), ...box(e) };
  };
  return layout.items(model, "listOfLayouts", "layout").map((e) => {
    const dimensions = layout.child(e, "dimensions");
    const size = (key: string): number => (dimensions && layout.number(dimensions, key)) ?? 0;
    const glyphs = LISTS.flatMap((list) => layout.items(e, list).map(glyph));
    return { ...base(e), width: size("width"), height: size("height"), glyphs };
  });
}
