/** Where documents and models are read from: a disk, or a server in a browser. */
export interface Files {
  /** Absolute name of a file that is named relative to another. */
  resolve(base: string, name: string): string;
  /** @throws CellweaveError `file/not-found` or `file/unreadable` */
  read(path: string): Promise<Uint8Array>;
}

/** A file that had a hand in a run. */
export interface InputFile {
  readonly path: string;
  /** What it was read as: scenario, cell, graph, sbml, model, data. */
  readonly role: string;
  /** SHA-256 of its bytes, lower-case hexadecimal. */
  readonly sha256: string;
}

/** Reads files and keeps the list of what was read, once each, for the run's provenance. */
export interface Inputs {
  readonly files: Files;
  readonly read: readonly InputFile[];
  bytes(path: string, role: string): Promise<Uint8Array>;
  text(path: string, role: string): Promise<string>;
  /** Adds a file that was read elsewhere, once. */
  note(file: InputFile): void;
}

export function recordInputs(files: Files): Inputs {
  const read: InputFile[] = [];
  const cache = new Map<string, Promise<Uint8Array>>();
  const note = (file: InputFile) => {
    if (!read.some(({ path }) => path === file.path)) read.push(file);
  };
  const load = async (path: string, role: string) => {
    const bytes = await files.read(path);
    note({ path, role, sha256: await sha256(bytes) });
    return bytes;
  };
  const bytes = (path: string, role: string) => {
    const known = cache.get(path) ?? load(path, role);
    cache.set(path, known);
    return known;
  };
  return { files, read, bytes, note, text: async (path, role) => new TextDecoder().decode(await bytes(path, role)) };
}

/** SHA-256 of bytes, lower-case hexadecimal. */
export async function sha256(bytes: Uint8Array): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new Uint8Array(bytes));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
