import { describe, expect, test } from "vitest";
import { composeCell } from "../../../src/cell/compose.ts";
import { CellweaveError } from "../../../src/errors.ts";
import { algebraModule, odeModule, output, state } from "../../support/toys.ts";

const still = (id: string, ...variables: string[]) =>
  odeModule({ id, owns: variables.map((v) => state(v, 1)), f: (_t, _x, _r, dx) => dx.fill(0) });
const reader = (id: string, reads: string[], owned: string) =>
  algebraModule({ id, reads, owns: [output(owned)], f() {} });

function errorOf(action: () => unknown): CellweaveError {
  try {
    action();
  } catch (error) {
    if (error instanceof CellweaveError) return error;
  }
  throw new Error("no CellweaveError was thrown");
}

describe("composeCell", () => {
  test("the order in which modules are listed does not matter", () => {
    const ids = (cell: ReturnType<typeof composeCell>) => cell.variables.map(({ id, owner }) => `${owner}:${id}`);
    const list = [still("c", "pool:x"), still("a", "pool:y", "pool:z"), reader("b", ["pool:x"], "flux:v")];
    expect(ids(composeCell(list))).toEqual(["a:pool:y", "a:pool:z", "b:flux:v", "c:pool:x"]);
    expect(ids(composeCell([...list].reverse()))).toEqual(ids(composeCell(list)));
  });

  test("an unknown id names the module and what was probably meant", () => {
    const error = errorOf(() => composeCell([still("medium", "pool:glc__D_e"), reader("fba", ["pool:glc_D_e"], "v")]));
    expect(error.message).toBe("module 'fba' reads 'pool:glc_D_e', which no module owns");
    expect(error.hint).toBe("did you mean 'pool:glc__D_e'?");
  });

  test("a contested variable goes to the module named first; the other's copy keeps its values under its own name", () => {
    const modules = [still("learned", "flux:v"), still("mechanistic", "flux:v")];
    const cell = composeCell(modules, { precedence: ["mechanistic", "learned"] });
    expect(cell.variables.map(({ id }) => id)).toEqual(["flux:v@learned", "flux:v"]);
    expect(composeCell(modules, { precedence: ["learned"] }).variables.map(({ id }) => id)).toEqual([
      "flux:v",
      "flux:v@mechanistic",
    ]);
    const error = errorOf(() => composeCell(modules));
    expect(error.code).toBe("cell/contested");
    expect(error.message).toBe("'flux:v' is owned by both 'learned' and 'mechanistic'");
  });

  test("among three that want a variable the strongest wins, named or not", () => {
    const modules = [still("a", "pool:x"), still("b", "pool:x"), still("c", "pool:x")];
    const owners = (precedence: string[]) => composeCell(modules, { precedence }).variables.map(({ id }) => id);
    expect(owners(["c", "a"])).toEqual(["pool:x@a", "pool:x@b", "pool:x"]);
    expect(errorOf(() => owners(["d"])).message).toContain("precedence names 'd'");
  });

  test("outputs are ordered by what they read; states break the circle", () => {
    const cell = composeCell([
      reader("a", ["flux:b"], "flux:a"),
      reader("b", ["flux:c", "pool:x"], "flux:b"),
      reader("c", ["pool:x"], "flux:c"),
      odeModule({ id: "d", owns: [state("pool:x", 1)], reads: ["flux:a"], f: () => {} }),
    ]);
    expect(cell.levels.map((level) => level.map((k) => cell.parts[k]?.module.id))).toEqual([
      ["c"],
      ["b"],
      ["a"],
      ["d"],
    ]);
  });

  test("a circle of outputs is refused by name", () => {
    const error = errorOf(() =>
      composeCell([reader("p", ["v:r"], "v:p"), reader("q", ["v:p"], "v:q"), reader("r", ["v:q"], "v:r")]),
    );
    expect(error.code).toBe("cell/cycle");
    expect(error.message).toContain("'p' <- 'r' <- 'q' <- 'p'");
  });

  test("rates go to states of others, feedback comes from the target's owner", () => {
    const adds = (target: string, feedback: string[] = []) =>
      algebraModule({ id: "fba", reads: [], owns: [output("v")], adds: [{ target, feedback }], f() {} });
    const medium = still("medium", "pool:x");
    const other = still("other", "pool:y");
    expect(errorOf(() => composeCell([adds("v"), medium])).message).toContain("an output of 'fba'");
    expect(errorOf(() => composeCell([adds("pool:z"), medium])).hint).toBe("did you mean 'pool:x'?");
    expect(errorOf(() => composeCell([adds("pool:x", ["pool:y"]), medium, other])).code).toBe("cell/feedback");
    expect(composeCell([adds("pool:x", ["pool:x"]), medium]).parts[1]?.receives).toEqual([
      { rate: 0, from: 0, target: 1, local: 0, feedback: [{ variable: 1, local: 0, slope: 0 }] },
    ]);
  });

  test("two modules or two variables of one name are refused", () => {
    expect(errorOf(() => composeCell([still("a", "x"), still("a", "y")])).message).toBe("two modules are called 'a'");
    expect(errorOf(() => composeCell([still("a", "x", "x")])).message).toBe("module 'a' declares 'x' twice");
  });
});
