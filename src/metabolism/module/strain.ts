import type { Edit } from "../../cell/edit.ts";
import type { CellModule } from "../../cell/module.ts";

/**
 * A module as one strain among several in a medium: its variables become `<strain>/<variable>`, so that strains don't
 * contest them, and the genes that the strain lacks are deleted whatever else is edited. Edits of genes concern every
 * strain that has them; a clamp names the strain's own variable.
 * @param lacks locus tags; default none
 */
export function asStrain(module: CellModule, strain: string, lacks: readonly string[] = []): CellModule {
  const prefix = `${strain}/`;
  const born = lacks.map((gene): Edit => ({ kind: "gene", gene, level: 0, genotype: true }));
  const own = (edit: Edit): Edit | undefined => {
    if (edit.kind !== "clamp") return edit;
    return edit.variable.startsWith(prefix) ? { ...edit, variable: edit.variable.slice(prefix.length) } : undefined;
  };
  const apply = (edits: readonly Edit[]) => module.apply([...born, ...edits.flatMap((edit) => own(edit) ?? [])]);
  apply([]);
  return {
    ...module,
    owns: module.owns.map((variable) => ({
      ...variable,
      id: prefix + variable.id,
      label: `${variable.label ?? variable.id} (${strain})`,
    })),
    accepts: (edit) => {
      const mine = own(edit);
      return mine !== undefined && module.accepts(mine);
    },
    apply,
  };
}
