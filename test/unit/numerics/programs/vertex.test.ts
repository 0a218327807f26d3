import { expect, test } from "vitest";
import { netProgram } from "../../../../src/metabolism/model/program.ts";
import { loadLp } from "../../../../src/numerics/programs/load-lp.ts";
import { basisOf, vertexOf, withRowColumns } from "../../../../src/numerics/programs/vertex.ts";
import { seededRandom } from "../../../../src/numerics/seeded-random.ts";
import { core } from "../../../support/flux-models.ts";

const model = core();
const program = netProgram(model);
const columns = withRowColumns(program);
const glucose = model.reactionIndex.get("EX_glc__D_e") ?? -1;
const oxygen = model.reactionIndex.get("EX_o2_e") ?? -1;

test("a basis answers as the solver does while it is optimal, and says when it is not", async () => {
  const session = (await loadLp()).open(program);
  const random = seededRandom(3);
  session.solve();
  const vertex = vertexOf(program, columns, session.basis());
  if (vertex === undefined) throw new Error("an optimal basis is regular");
  expect(vertexOf(program, columns, basisOf(vertex.key, program.cost.length))?.key).toBe(vertex.key);
  const values = new Float64Array(program.cost.length);
  let held = 0;
  for (let k = 0; k < 60; k++) {
    const lower = program.lower.slice();
    lower[glucose] = -20 * random.next();
    lower[oxygen] = -40 * random.next();
    session.setBounds(lower, program.upper);
    expect(session.solve()).toBe("optimal");
    if (!vertex.solve({ ...program, lower }, values)) continue;
    held++;
    const growth = program.cost.reduce((sum, price, j) => sum + price * (values[j] ?? 0), 0);
    expect(growth).toBeCloseTo(session.objective(), 9);
    for (let j = 0; j < values.length; j++) {
      expect(values[j]).toBeGreaterThanOrEqual((lower[j] ?? 0) - 1e-8);
      expect(values[j]).toBeLessThanOrEqual((program.upper[j] ?? 0) + 1e-8);
    }
  }
  expect(held).toBeGreaterThan(5);
  expect(held).toBeLessThan(60);
  session.dispose();
});

test("the response is the difference of two solutions", async () => {
  const session = (await loadLp()).open(program);
  session.solve();
  const vertex = vertexOf(program, columns, session.basis());
  const [before, after, change] = [0, 1, 2].map(() => new Float64Array(program.cost.length));
  if (vertex === undefined || !before || !after || !change) throw new Error("an optimal basis is regular");
  const lower = program.lower.slice();
  expect(vertex.solve({ ...program, lower }, before)).toBe(true);
  lower[glucose] = (lower[glucose] ?? 0) + 0.01;
  expect(vertex.solve({ ...program, lower }, after)).toBe(true);
  vertex.response(glucose, change);
  change.forEach((value, j) => {
    expect(((after[j] ?? 0) - (before[j] ?? 0)) / 0.01).toBeCloseTo(value, 8);
  });
  session.dispose();
});
