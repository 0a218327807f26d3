import { expect, test } from "vitest";
import { composeCell } from "../../../src/cell/compose.ts";
import { preculture } from "../../../src/engine/preculture.ts";
import { mediumModule } from "../../../src/metabolism/medium/medium.ts";

test("a preculture serves timers, so that it can be interrupted", async () => {
  const medium = mediumModule({
    pools: [{ variable: "pool:s", initial: 2, transfer: { kLa: 1, saturation: 1 } }],
    biomass: { initial: 0.1 },
  });
  const stop = new AbortController();
  setTimeout(() => stop.abort(), 0);
  const begun = await preculture(composeCell([medium]), { hours: 8, maxStep: 1e-4, signal: stop.signal });
  expect(begun.status.code).toBe("interrupted");
  expect(begun.status.t).toBeLessThan(0);
});
