import { more } from "./more";
import { startTracker } from "./startTracker";
import type { Options, Vibn } from "./types";

/** Starts tracking this page. */
export const createTracker = (options: Options): Vibn =>
  startTracker({ nonce: "", ...options }, async (context) => more(context));
