import type { SparseColumns } from "../../numerics/programs/lp.ts";

/** A sparse matrix that can lose and merge columns: entries by column and, as a pattern, by row. */
export interface EditableMatrix {
  /** Entries of each column by row; a removed column is empty. */
  readonly columns: readonly Map<number, number>[];
  /** Columns with an entry in each row. */
  readonly rows: readonly Set<number>[];
  removeColumn(column: number): void;
  /** Takes a row and its entries out. */
  removeRow(row: number): void;
  /** Adds `factor` times column `from` to column `to`, and removes `from`. */
  merge(to: number, from: number, factor: number): void;
}

/** A sum smaller than this, relative to its terms, is a cancellation. */
const CANCELLED = 1e-11;

/** A copy of a sparse matrix whose rows and columns can be changed. */
export function editableMatrix({ rowCount, starts, rows: rowOf, values }: SparseColumns): EditableMatrix {
  const columns: Map<number, number>[] = [];
  const rows = Array.from({ length: rowCount }, () => new Set<number>());
  for (let j = 0; j + 1 < starts.length; j++) {
    const column = new Map<number, number>();
    for (let k = starts[j] ?? 0; k < (starts[j + 1] ?? 0); k++) {
      const i = rowOf[k] ?? 0;
      column.set(i, (column.get(i) ?? 0) + (values[k] ?? 0));
    }
    for (const [i, value] of column) {
      if (value === 0) column.delete(i);
      else rows[i]?.add(j);
    }
    columns.push(column);
  }

  const removeColumn = (j: number): void => {
    for (const i of columns[j]?.keys() ?? []) rows[i]?.delete(j);
    columns[j]?.clear();
  };
  return {
    columns,
    rows,
    removeColumn,
    removeRow: (i) => {
      for (const j of rows[i] ?? []) columns[j]?.delete(i);
      rows[i]?.clear();
    },
    merge: (to, from, factor) => {
      const target = columns[to];
      for (const [i, value] of columns[from] ?? []) {
        const before = target?.get(i) ?? 0;
        const added = factor * value;
        const sum = before + added;
        if (Math.abs(sum) <= CANCELLED * Math.max(Math.abs(before), Math.abs(added))) {
          target?.delete(i);
          rows[i]?.delete(to);
        } else {
          target?.set(i, sum);
          rows[i]?.add(to);
        }
      }
      removeColumn(from);
    },
  };
}
