export { type ColumnSource, parquetWriteBuffer } from "hyparquet-writer";
