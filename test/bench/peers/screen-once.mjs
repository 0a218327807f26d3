/**
 * One screen of the built package in a process of its own, without a TypeScript loader, whose work would be counted:
 * wall and CPU seconds of the task as JSON. Usage: node screen-once.mjs MODEL.xml[.gz] TASK WORKERS; see cobra-speed.ts.
 */
const dist = new URL("../../../dist/", import.meta.url);
const load = (/** @type {string} */ path) => import(new URL(path, dist).href);

const [file = "", task = "", workers = "2"] = process.argv.slice(2);
const { readFluxModel } = await load("cli/flux-input.js");
const { runScreen, threadsFor } = await load("metabolism/screens/run-node.js");
const { doubleStrains, singleStrains } = await load("metabolism/mutants/strains.js");
const model = await readFluxModel(file);
const { bounds } = model;
const strains = () => (task === "single" ? singleStrains(model, "genes") : doubleStrains(model, "genes"));
const job =
  task === "fva"
    ? { kind: "variability", model, bounds, fraction: 0.9, loopless: false, reactions: [...model.reactions.keys()] }
    : { kind: "deletions", model, bounds, method: "fba", strains: strains() };
const [begin, before] = [performance.now(), process.cpuUsage()];
await runScreen(job, { threads: threadsFor(job, Number(workers)) });
const { user, system } = process.cpuUsage(before);
console.log(JSON.stringify({ wall: (performance.now() - begin) / 1e3, cpu: (user + system) / 1e6 }));
