/**
 * Values of this project beside those of libRoadRunner and COPASI, at a relative tolerance of 1e-8:
 * `npx tsx test/bench/peers/agreement.ts PYTHON [NAME,...]`. Prints a table as Markdown.
 */
import { type Difference, differenceOf } from "../pathways/accuracy.ts";
import { cellweave } from "../pathways/cellweave.ts";
import type { Contender, Course } from "../pathways/contender.ts";
import { type BenchModel, benchModels } from "../pathways/models.ts";
import { pythonContender } from "./python-contender.ts";

const AGREED = 1e-5;
const ASKED = { points: 101, rtol: 1e-8, atol: 1e-14 };
/** What is tried where 1e-8 leaves more than the agreed difference. */
const TIGHTER = { points: 101, rtol: 1e-11, atol: 1e-17 };

const [python = "python3", names] = process.argv.slice(2);
const wanted = names?.split(",");
const [us, roadRunner, copasi] = await Promise.all([
  cellweave(),
  pythonContender(python, "roadrunner_contender.py"),
  pythonContender(python, "copasi_contender.py"),
]);

async function courseOf(c: Contender, { file, t1 }: BenchModel, task: typeof ASKED): Promise<Course | string> {
  try {
    await c.load(file, "");
    return (await c.simulate({ ...task, t1 })).course;
  } catch (error) {
    return (error as Error).message;
  }
}

function text(found: Difference | undefined): string {
  return found === undefined ? "-" : `${found.worst.toExponential(1)} ${found.worst === 0 ? "" : `(${found.at})`}`;
}

console.log(
  "| model | libRoadRunner | COPASI | libRoadRunner, 1e-11 | COPASI, 1e-11 | the two, 1e-11 |\n|---|---|---|---|---|---|",
);
const notes: string[] = [];
for (const model of benchModels()) {
  if (wanted !== undefined && !wanted.includes(model.name)) continue;
  const row = [...(await compared(model, ASKED, true))].slice(0, 2);
  const apart = row.some((d) => d !== undefined && d.worst > AGREED);
  const tight = apart ? await compared(model, TIGHTER, false) : [];
  console.log(`| ${[model.name, ...row.map(text), ...(apart ? tight.map(text) : ["", "", ""])].join(" | ")} |`);
}
console.log(`\n${notes.join("\n")}`);
await Promise.all([roadRunner, copasi].map((c) => c.close()));

/** Ours and the first, ours and the second, the first and the second. */
async function compared(model: BenchModel, task: typeof ASKED, tell: boolean): Promise<(Difference | undefined)[]> {
  const courses: (Course | string)[] = [];
  for (const c of [us, roadRunner, copasi]) {
    const course = await courseOf(c, model, task);
    courses.push(course);
    if (tell && typeof course === "string") notes.push(`- ${model.name}, ${c.name}: ${course.slice(0, 160)}`);
  }
  const pairs = [
    [1, 0],
    [2, 0],
    [2, 1],
  ] as const;
  return pairs.map(([a, b]) => {
    const [course, reference] = [courses[a], courses[b]];
    if (course === undefined || reference === undefined) return undefined;
    return typeof course === "string" || typeof reference === "string" ? undefined : differenceOf(course, reference);
  });
}
