import { type MatVariable, matrixOf } from "./array.ts";
import { elements, type Inflate, MI, matFault } from "./element.ts";

const HEADER = 128;
/** First bytes of HDF5, which MATLAB 7.3 files are inside. */
const HDF5 = [0x89, 0x48, 0x44, 0x46];
const RESAVE = "save it again in MATLAB with save('model.mat', 'model', '-v7'), or as SBML or COBRA JSON";

/** Whether bytes look like a MAT file of any version that says so (5, 7, 7.3) or like HDF5. */
export function isMatFile(bytes: Uint8Array): boolean {
  return startsWith(bytes, "MATLAB ") || HDF5.every((byte, k) => bytes[k] === byte);
}

function startsWith(bytes: Uint8Array, text: string): boolean {
  return [...text].every((c, k) => bytes[k] === c.charCodeAt(0));
}

/**
 * The variables of a MAT file of level 5 (MATLAB versions 5 to 7, plain or compressed).
 * @throws CellweaveError `metabolism/mat` for version 7.3 (HDF5) and for files that are cut short or broken
 * @see MAT-File Format, MathWorks
 */
export function readMat(bytes: Uint8Array, inflate: Inflate, file?: string): MatVariable[] {
  const at = { file };
  if (startsWith(bytes, "MATLAB 7.3") || HDF5.every((byte, k) => bytes[k] === byte))
    throw matFault(at, "MAT files of version 7.3 (HDF5) are not supported", RESAVE);
  if (bytes.length < HEADER) throw matFault(at, `the file is cut short: ${bytes.length} bytes, a header has ${HEADER}`);
  const order = String.fromCharCode(bytes[126] ?? 0, bytes[127] ?? 0);
  if (order !== "IM" && order !== "MI")
    throw matFault(at, "not a MAT file of level 5: no mark of its byte order", RESAVE);
  const source = { file, inflate, littleEndian: order === "IM" };
  const data = new DataView(bytes.buffer, bytes.byteOffset + HEADER, bytes.length - HEADER);
  return [...elements(data, source)].filter(({ type }) => type === MI.matrix).map((one) => matrixOf(one, source));
}
