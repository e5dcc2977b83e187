import { hostOf } from "./hostOf";
import { isWithin } from "./isWithin";

/** Hosts that only hand the visitor back: sign-in and payment pages. */
const INTERMEDIARIES =
  /^(accounts\.google|appleid\.apple|login\.(microsoft\w*|live)|(checkout|billing|hooks)\.stripe)\.|(^|\.)(auth0|okta|onelogin|paypal)\.com$/;

/** Another site. */
export const EXTERNAL = 1;
/** A page that only hands the visitor back. */
export const INTERMEDIARY = 2;

/**
 * What a referrer is to `site`: external, an intermediary, or (0) nothing that tells where the visitor came from.
 *
 * @param named hosts that the operator calls intermediaries
 */
export function originOf(referrer: string, site: string, named: string[]): number {
  const host = hostOf(referrer);
  if (!host || isWithin(host, site) || isWithin(site, host)) return 0;
  return INTERMEDIARIES.test(host) || named.some((domain) => isWithin(host, domain)) ? INTERMEDIARY : EXTERNAL;
}
