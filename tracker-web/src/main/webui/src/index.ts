export { createTracker } from "./createTracker";
export type * from "./types";
