/** Runs now, or when a page that the browser has loaded in advance is really opened. */
export function whenActive(run: () => void): void {
  if ((document as { prerendering?: boolean }).prerendering)
    document.addEventListener("prerenderingchange", run, { once: true });
  else run();
}
