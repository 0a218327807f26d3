export { isMap, isSeq, LineCounter, type Node, parseDocument } from "yaml";
