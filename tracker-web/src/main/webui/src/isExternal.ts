import { hostOf } from "./hostOf";

/** Hosts that only hand the visitor back: sign-in and payment pages. */
const INTERMEDIARIES =
  "accounts.google.com appleid.apple.com login.microsoftonline.com login.live.com auth0.com okta.com checkout.stripe.com paypal.com".split(
    " ",
  );

const within = (host: string, domain: string) => host === domain || host.endsWith(`.${domain}`);

/** Whether `referrer` says where a visitor to `site` came from. */
export function isExternal(referrer: string, site: string, ignored: string[]): boolean {
  const host = hostOf(referrer);
  return (
    !!host &&
    !within(host, site) &&
    !within(site, host) &&
    ![...INTERMEDIARIES, ...ignored].some((domain) => within(host, domain))
  );
}
