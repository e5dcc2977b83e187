import { PARAMETERS } from "./parameters";
import type { Touch } from "./types";

/** Longer values are cut; a cookie holds two touches in 2 KB. */
const LONGEST = 150;

/**
 * The touch that an address makes.
 *
 * @param referrer an external one, or empty
 * @param inHash whether parameters may also stand in the fragment, as `#utm_source=x` or `#/page?utm_source=x`
 */
export function readTouch(href: string, referrer: string, inHash: unknown, now: number): Touch {
  const touch: Touch = { first_seen_at: new Date(now).toISOString() };
  const url = new URL(href);
  const given = new URLSearchParams(`${url.search}&${inHash ? url.hash.replace(/^#(.*\?)?/, "") : ""}`);
  const kept = new URLSearchParams();
  for (const name of PARAMETERS) {
    const value = given.get(name)?.slice(0, LONGEST);
    if (value) {
      touch[name] = value;
      kept.set(name, value);
    }
  }
  if (referrer) touch.referrer = referrer.replace(/[?#].*/, "").slice(0, LONGEST);
  const query = kept.toString();
  touch.landing_page = (url.origin + url.pathname).slice(0, LONGEST) + (query && `?${query}`);
  return touch;
}

/** Whether nothing in a touch says where the visitor came from. */
export function isDirect(touch: Touch): boolean {
  return !touch.referrer && !PARAMETERS.some((name) => touch[name]);
}
