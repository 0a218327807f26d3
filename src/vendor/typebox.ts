export { type Static, type TSchema, Type } from "typebox";
export { Value } from "typebox/value";
