import { CellweaveError } from "../../errors.ts";

/** What reading gives, or the user's error that ended it. */
export function attempt<T>(read: () => T): T | CellweaveError {
  try {
    return read();
  } catch (error) {
    if (error instanceof CellweaveError) return error;
    throw error;
  }
}
