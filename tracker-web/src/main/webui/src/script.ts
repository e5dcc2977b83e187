import { attempt } from "./attempt";
import { createTracker } from "./createTracker";
import type { Options, Vibn } from "./types";

declare global {
  interface Window {
    vibn?: Vibn | { q?: unknown[][] };
  }
}

const list = (text?: string) => text?.split(/\s*,\s*/);

/** The script tag's entry: reads its attributes, puts `vibn` on the window, and runs the calls that came before it. */
attempt(() => {
  const data = document.currentScript?.dataset as Record<string, string>;
  const early = (window.vibn as { q?: unknown[][] } | undefined)?.q;
  const vibn = createTracker({
    ...(data as unknown as Options),
    attributionUrl: data.attributionUrl?.replace(/\/$/, ""),
    publishableKey: data.key,
    traits: list(data.traits),
    ignoreReferrers: list(data.ignoreReferrers),
    cookieDays: Number(data.cookieDays),
  });
  window.vibn = vibn;
  for (const [name, ...args] of early ?? []) {
    (vibn as unknown as Record<string, (...args: unknown[]) => unknown>)[name as string]?.(...args);
  }
});
