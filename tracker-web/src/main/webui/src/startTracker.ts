import { attempt } from "./attempt";
import type { Context, Load, Who } from "./context";
import { EXTERNAL, INTERMEDIARY, originOf } from "./originOf";
import { OUTBOX, storedLetters } from "./outbox";
import { PARAMETERS } from "./parameters";
import { PATIENCE } from "./patience";
import { isDirect, readTouch } from "./readTouch";
import { drop, erase, rootDomain, save } from "./storage";
import { type Kept, readKept, withTouch } from "./touches";
import type { Options, User, Vibn } from "./types";
import { addUmami, type Umami } from "./umami";
import { whenActive } from "./whenActive";

const WHO = "vibn_who";

/** Starts tracking this page. */
export function startTracker(options: Options, load: Load): Vibn {
  const { doNotTrack, globalPrivacyControl } = navigator as { doNotTrack?: unknown; globalPrivacyControl?: unknown };
  const ignored = `${options.ignoreReferrers || ""},${options.linker || ""}`.split(/[\s,]+/);
  let mayStore = false;
  /** The visitor has said yes, so that who is logged in may outlast the tab. */
  let explicit = options.consent === "granted";
  // Memory, for where storage may not or cannot hold it. Storage itself is read each time: another tab, or the page
  // before a step back, may have written.
  let kept: Kept = {};
  let who: Who = [];

  const keep = (next: Kept) => {
    kept = mayStore && save(next, options.cookieDays || 90, context._domain) ? {} : next;
    context._changed?.();
  };
  const forget = () => keep({ since: new Date().toISOString() });
  let more: Promise<unknown> | undefined;
  const bringMore = () => (more ||= load(context));

  const context = {
    _options: options,
    _kept: () => ({ ...kept, ...(mayStore && readKept()) }),
    _keep: keep,
    _who: () =>
      (mayStore && attempt(() => JSON.parse((localStorage.getItem(WHO) || sessionStorage.getItem(WHO)) as string))) ||
      who,
    _remember(next) {
      who = next;
      drop(WHO);
      if (mayStore)
        attempt(() => {
          if (who[0]) (explicit ? localStorage : sessionStorage).setItem(WHO, JSON.stringify(who));
          who = [];
        });
    },
    _carried: () => (options.identify !== "session" && context._who()[0]) || "",
    // The middle of Umami's token, which is signed and not encrypted.
    _known: () =>
      (!context._who()[0] &&
        attempt(() => {
          const { sessionId, visitId } = JSON.parse(
            atob((window.umami as Required<Umami>).getSession().cache.split(".")[1] as string),
          );
          return { website_id: options.umamiWebsiteId, session_id: sessionId, visit_id: visitId };
        })) ||
      context._session,
    _keepLetter(path, body) {
      if (!options.attributionUrl) return undefined;
      const letter = { path, body, key: `${OUTBOX}${Date.now()}_${Math.random()}` };
      if (mayStore) attempt(() => localStorage.setItem(letter.key, JSON.stringify(letter)));
      return letter;
    },
  } as Context;

  const allow = () => {
    mayStore = true;
    // Looking for the widest domain sets a cookie for a moment, so it has to wait for consent too.
    context._domain = rootDomain();
  };
  const arrive = (landing?: boolean) =>
    attempt(() => {
      const referrer = landing ? document.referrer : "";
      const site = (context._domain || location.hostname).replace(/^www\./, "");
      const origin = originOf(referrer, site, ignored);
      const touch = readTouch(location.href, origin === EXTERNAL ? referrer : "", options.hash, Date.now());
      const before = context._kept();
      const { last } = before;
      const again = landing
        ? last &&
          (origin === INTERMEDIARY ||
            // 1: reloaded, 2: gone back. The older of two interfaces, in all browsers, at a third of the size.
            performance.navigation?.type % 255)
        : isDirect(touch) || !PARAMETERS.some((name) => touch[name] !== last?.[name]);
      // A page view that is no arrival still makes the cookie last longer.
      if (landing || !again) keep(again ? before : withTouch(before, touch));
    });

  const ready = new Promise<void>((resolve) =>
    whenActive(() => {
      if (doNotTrack !== "1" && !globalPrivacyControl && options.consent !== "required") allow();
      arrive(true);
      if (options.use || storedLetters()[0]) bringMore();
      addUmami(options, context._carried, resolve);
      setTimeout(resolve, PATIENCE);
    }),
  );
  // Tells of pushState, replaceState and fragments without a patch; where it is missing, only landings are arrivals.
  (window as unknown as { navigation?: EventTarget }).navigation?.addEventListener("currententrychange", (event) => {
    if ((event as Event & { navigationType?: string }).navigationType !== "traverse") arrive();
  });
  // Umami before 3.1 does not tell the session to scripts.
  ready.then(() => {
    const { umami } = window;
    if (umami && !umami.getSession) bringMore();
  });

  const vibn: Vibn = {
    ready,
    getStoredAttribution() {
      const { first, last } = context._kept();
      return { ...first, last_touch: last, umami: context._known() };
    },
    identify: (user) => bringMore().then(() => context._identity?._identify(user)),
    signup(user: User) {
      const before = context._kept();
      const { userId: user_id, signature, token } = { ...user };
      const body = { ...vibn.getStoredAttribution(), user_id, signature, token };
      const letter = context._keepLetter("/v1/attributions", body);
      // The next person on this device starts clean, and nothing that was before is theirs.
      if (!options.keepTouch) forget();
      return bringMore().then(() => context._identity?._signup(user, before, letter));
    },
    track(name, data) {
      ready.then(() => attempt(() => window.umami?.track(name, data)));
    },
    consent(decision) {
      explicit = decision === "granted";
      if (explicit) {
        const before = context._kept();
        allow();
        keep(withTouch(withTouch({ ...before, ...readKept() }, before.first), before.last));
        context._remember(context._who());
      } else {
        erase();
        storedLetters().forEach(drop);
        context._remember([]);
        mayStore = false;
        kept = {};
      }
    },
    reset() {
      context._remember([]);
      forget();
    },
  };
  context._vibn = vibn;
  return vibn;
}
