import type { Context } from "./context";

const FIELDS = "[data-vibn-field]";

/**
 * Fills form fields with what is known of the visitor: `data-vibn-field="utm_source"`, `"last_touch.referrer"`,
 * `"umami.session_id"`; also in forms that appear later. Empty fields only say that nothing is known.
 */
export function forms({ _vibn: vibn }: Context): void {
  const fill = (root: ParentNode) => {
    const known = vibn.getStoredAttribution() as unknown;
    for (const field of root.querySelectorAll<HTMLInputElement>(FIELDS)) {
      const path = (field.dataset.vibnField || "").split(".");
      const value = path.reduce((part, name) => (part as Record<string, unknown> | undefined)?.[name], known);
      field.value = typeof value === "string" ? value : "";
    }
  };
  fill(document);
  // Once more when the page has loaded and when a form is sent: consent, or Umami's session, may have come meanwhile.
  vibn.ready.then(() => fill(document));
  addEventListener("submit", ({ target }) => fill(target as HTMLFormElement), true);
  new MutationObserver((changes) => {
    const appeared = changes.flatMap(({ addedNodes }) => [...addedNodes]);
    if (appeared.some((node) => node instanceof Element && (node.matches(FIELDS) || node.querySelector(FIELDS))))
      fill(document);
  }).observe(document, { childList: true, subtree: true });
}
