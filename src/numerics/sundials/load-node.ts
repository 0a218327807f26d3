export { sharedSundials as loadSundials } from "./shared.ts";
