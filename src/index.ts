export * from "./cell/edit.ts";
export * from "./cell/module.ts";
export * from "./cell/status.ts";
export * from "./cell/variable.ts";
export * from "./errors.ts";
