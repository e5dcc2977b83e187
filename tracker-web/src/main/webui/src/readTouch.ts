import { isExternal } from "./isExternal";
import { PARAMETERS } from "./parameters";
import type { Touch } from "./types";

/** Longer values are cut; a cookie holds two touches in 2 KB. */
const LONGEST = 150;

/**
 * The touch that an address and a referrer make.
 *
 * @param site the site's own domain: referrers from there say nothing
 */
export function readTouch(href: string, referrer: string, site: string, ignored: string[], now: number): Touch {
  const touch: Touch = { first_seen_at: new Date(now).toISOString() };
  const url = new URL(href);
  const kept = new URLSearchParams();
  for (const name of PARAMETERS) {
    const value = url.searchParams.get(name)?.slice(0, LONGEST);
    if (value) {
      touch[name] = value;
      kept.set(name, value);
    }
  }
  if (isExternal(referrer, site, ignored)) touch.referrer = referrer.split(/[?#]/)[0]?.slice(0, LONGEST) ?? "";
  const query = kept.toString();
  touch.landing_page = (url.origin + url.pathname).slice(0, LONGEST) + (query && `?${query}`);
  return touch;
}

/** Whether nothing in a touch says where the visitor came from. */
export function isDirect(touch: Touch): boolean {
  return !touch.referrer && !PARAMETERS.some((name) => touch[name]);
}
