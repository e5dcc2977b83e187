import { attempt } from "./attempt";
import type { Context } from "./context";
import { more } from "./more";

/** The entry of the file that tracker.js loads when it needs more: the context comes on the script element. */
attempt(() => more((document.currentScript as unknown as { _context: Context })._context));
