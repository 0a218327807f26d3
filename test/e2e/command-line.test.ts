import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { COMMANDS } from "../../src/cli/commands.ts";
import { runCli } from "./run-cli.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));

describe("the command line", () => {
  test("--help lists every command and the exit codes, on stdout", async () => {
    const { code, out, err } = await runCli("--help");
    expect(code).toBe(0);
    expect(err).toBe("");
    for (const name of COMMANDS.keys()) expect(out).toMatch(new RegExp(`^  ${name} `, "m"));
    expect(out).toContain("130 interrupted");
  });

  test("without a command it shows the help on stderr and exits 2", async () => {
    expect(await runCli()).toMatchObject({ code: 2, out: "" });
  });

  test("--version is the package's", async () => {
    const { version } = JSON.parse(readFileSync(`${root}package.json`, "utf8")) as { version: string };
    expect(await runCli("--version")).toMatchObject({ code: 0, out: `${version}\n` });
  });

  test.each([...COMMANDS.keys()])("%s has help of its own and the summary the list shows", async (name) => {
    const { code, out } = await runCli(name, "--help");
    expect(code).toBe(0);
    expect(out).toContain(`cellweave ${name}`);
    const loaded = await COMMANDS.get(name)?.load();
    expect(COMMANDS.get(name)?.summary).toBe(loaded?.command.summary);
    expect((await runCli("help", name)).out).toBe(out);
  });

  test.each([...COMMANDS.keys()])("%s refuses an option it doesn't know", async (name) => {
    const { code, err } = await runCli(name, "--no-such-option");
    expect(code).toBe(2);
    expect(err).toContain("unknown option '--no-such-option'");
  });

  test("a mistyped command is met with the one that was meant", async () => {
    const { code, err } = await runCli("schma");
    expect(code).toBe(2);
    expect(err).toBe("cellweave: unknown command 'schma' [cli/unknown-command]\n  hint: did you mean 'schema'?\n");
  });

  test("a mistyped global option too", async () => {
    expect((await runCli("--verison")).err).toContain("did you mean '--version'?");
  });
});

/** Files that are loaded before a command is chosen: the static imports from the entry on. */
function staticImports(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  const imports = readFileSync(file, "utf8").matchAll(/^(?:import|export)(?! type)[^;]*? from "([^"]+)"/gm);
  for (const [, name = ""] of imports)
    if (name.startsWith(".")) staticImports(resolve(dirname(file), name), seen);
    else seen.add(name);
  return seen;
}

describe("the entry as a process", () => {
  test("loads nothing but itself before a command is chosen", () => {
    const loaded = [...staticImports(`${root}src/cli/main.ts`)].map((file) => file.replace(root, ""));
    expect(loaded.sort()).toEqual([
      "node:fs",
      "src/cli/cli.ts",
      "src/cli/command.ts",
      "src/cli/commands.ts",
      "src/cli/help.ts",
      "src/cli/main.ts",
      "src/cli/version.ts",
      "src/errors.ts",
      "src/suggest.ts",
    ]);
  });

  test("answers on stdout and exits with the code", async () => {
    const run = promisify(execFile)(process.execPath, ["--import", "tsx", `${root}src/cli/main.ts`, "--version"]);
    expect((await run).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
    const wrong = promisify(execFile)(process.execPath, ["--import", "tsx", `${root}src/cli/main.ts`, "rnu"]);
    await expect(wrong).rejects.toMatchObject({ code: 2, stderr: expect.stringContaining("did you mean 'run'?") });
  });
});
