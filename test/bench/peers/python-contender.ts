import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { Contender, Course, Spent } from "../pathways/contender.ts";

interface Answer extends Partial<Spent> {
  readonly name?: string;
  readonly error?: string;
  readonly course?: Readonly<Record<string, readonly number[]>>;
}

/** A simulator in a Python process that answers a line of JSON with a line of JSON; see `contender.py`. */
export async function pythonContender(python: string, script: string): Promise<Contender> {
  const path = join(fileURLToPath(new URL(".", import.meta.url)), script);
  const child = spawn(python, [path], {
    stdio: ["pipe", "pipe", "ignore"],
    env: { ...process.env, OMP_NUM_THREADS: "1", PYTHONUTF8: "1" },
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async (): Promise<Answer> => {
    const { value, done } = await lines.next();
    if (done === true) throw new Error(`${script} ended`);
    return JSON.parse(value) as Answer;
  };
  const ask = async (question: Readonly<Record<string, unknown>>): Promise<Answer> => {
    child.stdin.write(`${JSON.stringify(question)}\n`);
    const answer = await next();
    if (answer.error !== undefined) throw new Error(answer.error);
    return answer;
  };
  const spent = ({ cpu = Number.NaN, wall = Number.NaN }: Answer): Spent => ({ cpu, wall });
  const { name = script } = await next();
  return {
    name,
    load: async (file, adjustable) => spent(await ask({ do: "load", file, adjustable })),
    simulate: async (task) => {
      const answer = await ask({ do: "simulate", ...task });
      const course: Course = new Map(Object.entries(answer.course ?? {}));
      return { spent: spent(answer), course };
    },
    repeat: async (task, count) => spent(await ask({ do: "repeat", count, ...task })),
    scan: async (task, values) => spent(await ask({ do: "scan", values, ...task })),
    close: async () => {
      child.stdin.end();
    },
  };
}
