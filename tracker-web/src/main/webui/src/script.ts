import { attempt } from "./attempt";
import { inject } from "./inject";
import { startTracker } from "./startTracker";
import type { Options, Vibn } from "./types";

/** A call before the script was there: name, arguments, and what to do with the answer. */
type Early = [name: string, args: unknown[], done?: (answer: unknown) => unknown];

declare global {
  interface Window {
    vibn?: Vibn | { q?: Early[] };
  }
}

/** Name and integrity of the file that holds the rest, filled in by the build. */
declare const MORE_NAME: string;
declare const MORE_INTEGRITY: string;

/** The script tag's entry: reads its attributes, puts `vibn` on the window, and runs the calls that came before it. */
attempt(() => {
  const script = document.currentScript as HTMLScriptElement;
  const early = (window.vibn || {}) as { q?: Early[]; ready?: unknown };
  if (early.ready) return;
  const { nonce, src } = script;
  const options: Record<string, unknown> = { nonce };
  for (const name in script.dataset) options[name] = script.dataset[name] || true;
  const vibn = startTracker(
    options as unknown as Options,
    (context) =>
      new Promise((resolve) => {
        inject(new URL(MORE_NAME, src), {
          nonce,
          integrity: MORE_INTEGRITY,
          crossOrigin: "",
          onload: resolve,
          onerror: resolve,
          _context: context,
        });
      }),
  );
  window.vibn = vibn;
  const run = ([name, args, done = Object]: Early) =>
    done((vibn as unknown as Record<string, (...args: unknown[]) => unknown>)[name]?.(...args));
  early.q ||= [];
  early.q.forEach(run);
  // A page that took the functions of the queue before goes on calling those.
  early.q.push = run as typeof early.q.push;
});
