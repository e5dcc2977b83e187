import { listOf } from "./listOf";
import type { Options } from "./types";

/** Says on the console what went wrong, when the page has `debug` among its helpers. */
export const sayTo =
  (options: Options) =>
  (text: string, detail: unknown = ""): void => {
    if (listOf(options.use).includes("debug")) console.info("[vibn]", text, detail);
  };
