import { Writable } from "node:stream";
import { describe, expect, test } from "vitest";
import { progressOn } from "../../../src/cli/progress.ts";
import { table } from "../../../src/cli/table.ts";

function screen(isTTY: boolean) {
  let text = "";
  const err = new Writable({
    write(chunk, _encoding, done) {
      text += String(chunk);
      done();
    },
  });
  return { streams: { out: err, err: Object.assign(err, { isTTY }) }, text: () => text };
}

describe("progress", () => {
  test("a pipe gets each label once", () => {
    const { streams, text } = screen(false);
    const progress = progressOn(streams, false);
    for (const [label, done] of [
      ["hybrid", 0.1],
      ["learned", 0.2],
      ["hybrid", 0.3],
    ] as const)
      progress.update(label, done);
    progress.end();
    expect(text()).toBe("hybrid\nlearned\n");
  });

  test("a terminal gets a bar on one line, which is cleaned away at the end", () => {
    const { streams, text } = screen(true);
    const progress = progressOn(streams, false);
    progress.update("hybrid", 0.5);
    progress.update("hybrid", 0.5);
    progress.end();
    expect(text()).toBe(`\r[${"#".repeat(15)}${".".repeat(15)}] 50 % hybrid\u001b[K\r\u001b[K`);
  });

  test("quiet says nothing", () => {
    const { streams, text } = screen(true);
    progressOn(streams, true).update("hybrid", 0.5);
    expect(text()).toBe("");
  });
});

test("a table aligns its first column left and the others right", () => {
  expect(
    table([
      ["", "at", "a"],
      ["biomass", "1.0 h", "10"],
    ]),
  ).toBe("              at   a\n  biomass  1.0 h  10\n");
});
