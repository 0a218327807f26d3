import { createHash, randomUUID } from "node:crypto";
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { CellweaveError } from "../../errors.ts";
import { type ScreenJob, sizeOf, WIDTH } from "./job.ts";

/** Partial results of a screen, kept in a file that is always whole: written aside and renamed. */
export interface Journal {
  /** @param rows shape [tasks, WIDTH] */
  write(rows: Float64Array): void;
  remove(): void;
}

const FORMAT = "cellweave-screen 1";
const RESTART = "delete it to begin anew";

/** What a screen is: model, bounds, method and tasks, as one SHA-256. */
function fingerprint(job: ScreenJob): string {
  const { model, bounds, ...rest } = job;
  const { starts, rows, values } = model.stoichiometry;
  const hash = createHash("sha256");
  for (const array of [starts, rows, values, bounds.lower, bounds.upper, model.objective])
    hash.update(new Uint8Array(array.buffer, array.byteOffset, array.byteLength));
  const ids = [model.reactions, model.metabolites].map((things) => things.map(({ id }) => id));
  return hash.update(JSON.stringify([model.sense, ids, rest])).digest("hex");
}

/**
 * The rows that an interrupted screen left.
 * @throws CellweaveError where there are none, or they are of another screen
 */
export function readJournal(file: string, job: ScreenJob): Float64Array {
  if (!existsSync(file))
    throw new CellweaveError("screen/nothing-to-resume", `there are no partial results '${file}'`, {
      kind: "usage",
      hint: "leave out --resume, or name the same outputs as in the interrupted run",
    });
  const broken = (what: string) =>
    new CellweaveError("screen/partial", `'${file}' ${what}`, { kind: "usage", hint: RESTART });
  const [format, print, base64 = ""] = readFileSync(file, "utf8").split("\n");
  if (format !== FORMAT) throw broken("is no file of partial results");
  if (print !== fingerprint(job)) throw broken("is of another screen: model, bounds, method or list differ");
  const bytes = new Uint8Array(Buffer.from(base64, "base64"));
  if (bytes.length !== 8 * WIDTH * sizeOf(job)) throw broken("is cut short");
  return new Float64Array(bytes.buffer, bytes.byteOffset, bytes.length / 8);
}

/** @throws CellweaveError where partial results lie there already and are not to be resumed */
export function openJournal(file: string, job: ScreenJob, resume: boolean): Journal {
  if (!resume && existsSync(file))
    throw new CellweaveError("screen/partial", `'${file}' holds partial results of an interrupted screen`, {
      kind: "usage",
      hint: `add --resume to go on from them, or ${RESTART}`,
    });
  const head = `${FORMAT}\n${fingerprint(job)}\n`;
  return {
    write: (rows) => {
      const aside = `${file}.${randomUUID().slice(0, 8)}`;
      try {
        writeFileSync(
          aside,
          `${head}${Buffer.from(rows.buffer, rows.byteOffset, rows.byteLength).toString("base64")}\n`,
        );
        renameSync(aside, file);
      } catch (cause) {
        rmSync(aside, { force: true });
        throw new CellweaveError("file/unwritable", `Cannot keep partial results: ${(cause as Error).message}`, {
          place: { file },
          cause,
        });
      }
    },
    remove: () => rmSync(file, { force: true }),
  };
}
