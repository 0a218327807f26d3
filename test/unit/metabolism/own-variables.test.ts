import { expect, test } from "vitest";
import { fba } from "../../../src/metabolism/balance/fba.ts";
import { fluxModelFromJson } from "../../../src/metabolism/read/read-cobra-json.ts";
import { linear, thermodynamicModel } from "../../support/thermodynamic-model.ts";

const MODEL = thermodynamicModel(10);
const [firstVariable = MODEL.variables[0], ...variables] = MODEL.variables;
const [firstConstraint, ...constraints] = MODEL.constraints;
const reading = (change: object) => () => fluxModelFromJson(JSON.stringify({ ...MODEL, ...change }), "tipped.json");
const variable = (change: object) => reading({ variables: [{ ...firstVariable, ...change }, ...variables] });
const expression = (tree: unknown) =>
  reading({ constraints: [{ ...firstConstraint, expression: tree }, ...constraints] });
const symbol = (name: string) => ({ type: "Symbol", name });

test("an expression that isn't linear is refused with its constraint", () => {
  const squared = { type: "Pow", args: [symbol("LC_a"), { type: "Number", value: 2 }] };
  expect(expression(squared)).toThrow("the expression of constraint 'G_good' has 'Pow', only sums and multiples");
  const product = { type: "Mul", args: [symbol("LC_a"), symbol("LC_b")] };
  expect(expression(product)).toThrow("constraint 'G_good' isn't linear: it multiplies 'LC_a' with 'LC_b'");
  expect(expression("LC_a - LC_b")).toThrow("the expression of constraint 'G_good' is no expression");
  expect(expression({ type: "Number", value: "x" })).toThrow('has the number "x"');
});

test("names, types and bounds that aren't any are refused", () => {
  expect(expression(linear({ DG_god: 1 }))).toThrow("constraint 'G_good' uses 'DG_god', which is no variable");
  expect(variable({ type: "semicontinuous" })).toThrow("variable 'LC_a' is of type 'semicontinuous'");
  expect(variable({ lb: "low" })).toThrow("variable 'LC_a' has \"low\" as its lower bound");
  expect(variable({ lb: 1, ub: 0 })).toThrow("variable 'LC_a' can take no value: bounds 1 to 0");
  expect(variable({ name: "good" })).toThrow("reaction or variable 'good' is there twice");
  expect(variable({ name: undefined })).toThrow("a variable has no name");
  expect(reading({ constraints: [firstConstraint, firstConstraint] })).toThrow("constraint 'G_good' is there twice");
  expect(reading({ constraints: "none" })).toThrow("expected a list 'constraints', as pyTFA writes it");
});

test("directions that nothing keeps apart are refused", () => {
  const uncoupled = MODEL.constraints.filter(({ kind }) => kind !== "SimultaneousUse");
  expect(reading({ constraints: uncoupled })).toThrow(
    "forward and backward flux of reaction 'good' are used apart, without the constraint 'SimultaneousUse'",
  );
});

test("a bound of null is none, a constant moves a constraint's bounds", async () => {
  const { bounds } = variable({ lb: null, ub: null })();
  expect([bounds.lower[4], bounds.upper[4]]).toEqual([Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]);
  const limited = {
    ...{ id: "most", name: "MODC_most", kind: "ModelConstraint", lb: null, ub: 5 },
    expression: {
      type: "Add",
      args: [
        symbol("GROW"),
        { type: "Mul", args: [{ type: "Number", value: -1 }, symbol("GROW_reverse_0a1b2")] },
        { type: "Number", value: 2 },
      ],
    },
  };
  const model = reading({ constraints: [...MODEL.constraints, limited] })();
  expect(await fba(model)).toMatchObject({ objective: expect.closeTo(3, 9) });
});

test("the objective may be of any variable, and is maximised", async () => {
  const model = reading({ objective: { DG_good: -1 } })();
  expect(await fba(model)).toMatchObject({ objective: expect.closeTo(2.5 * Math.log(1000) - 10, 9) });
  expect(reading({ objective: { DG_good: "x" } })).toThrow("the objective has x as coefficient of 'DG_good'");
  expect(reading({ objective: "GROW" })).toThrow("expected coefficients by variable as objective");
  await expect(fba(reading({ objective: 0 })())).rejects.toThrow("states no objective");
});
