import { cmp } from "./cmp";
import type { Context } from "./context";
import { events } from "./events";
import { forms } from "./forms";
import { identity } from "./identity";
import { linker } from "./linker";
import { listOf } from "./listOf";
import { touch } from "./touch";

const HELPERS: Record<string, (context: Context) => void> = { cmp, linker, forms, events, touch };

/** What most page views do not need: connecting a user, and the helpers that a page asks for. */
export function more(context: Context): void {
  identity(context);
  for (const name of listOf(context._options.use)) HELPERS[name]?.(context);
}
