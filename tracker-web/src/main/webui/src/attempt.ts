/** Runs what a browser may refuse (storage switched off, a sandboxed frame, a frozen global); nothing then. */
export function attempt<T>(run: () => T): T | undefined {
  try {
    return run();
  } catch {}
  return undefined;
}
