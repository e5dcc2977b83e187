import { attempt } from "./attempt";
import type { Context } from "./context";
import { hostOf } from "./hostOf";
import { isWithin } from "./isWithin";
import { fromLink, toLink } from "./linkedTouch";
import { listOf } from "./listOf";
import { isDirect } from "./readTouch";
import { type Kept, withTouch } from "./touches";

/** Of the address that a link leads to. */
const PARAMETER = "vibn_touch";

/** Takes over what another domain of the same site knows; the rule for a first touch holds, and the later last touch. */
function joined(kept: Kept, { first, last }: Kept): Kept {
  const next = withTouch(kept, first);
  const later = !kept.last || isDirect(kept.last) || (last && last.first_seen_at > kept.last.first_seen_at);
  return later && last ? withTouch(next, last) : kept.last ? { ...next, last: kept.last } : next;
}

/** Sends the touch along with links to the operator's other domains, and takes what arrives with one. */
export function linker(context: Context): void {
  const hosts = listOf(context._options.linker);
  const ours = (host: string) => hosts.some((domain) => isWithin(host, domain));
  /** Where the cookie is seen anyway; one list may serve all sites. */
  const here = (host: string) => isWithin(host, context._domain || location.hostname);

  const url = new URL(location.href);
  const arrived = url.searchParams.get(PARAMETER);
  if (arrived) {
    const referrer = hostOf(document.referrer);
    const touches = !referrer || ours(referrer) ? fromLink(arrived, url.hostname, Date.now()) : undefined;
    if (touches) context._keep(joined(context._kept(), touches));
    // The address may be shared or bookmarked.
    url.searchParams.delete(PARAMETER);
    attempt(() => history.replaceState(history.state, "", url));
  }

  for (const kind of ["click", "auxclick"]) {
    addEventListener(
      kind,
      ({ target }) => {
        const link = target instanceof Element && target.closest<HTMLAnchorElement>("a[href]");
        const kept = context._kept();
        if (!link || !kept.first || !/^https?:$/.test(link.protocol) || !ours(link.hostname) || here(link.hostname))
          return;
        const { href } = link;
        const decorated = new URL(href);
        decorated.searchParams.set(PARAMETER, toLink(kept, decorated.hostname, Date.now()));
        link.href = decorated.href;
        // The browser has read it by then; a later click makes a fresh one.
        setTimeout(() => {
          link.href = href;
        });
      },
      true,
    );
  }
}
