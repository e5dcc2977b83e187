import { attempt } from "./attempt";
import { distinctId } from "./distinctId";
import { outboxTo } from "./outbox";
import { isDirect, readTouch } from "./readTouch";
import { rootDomain, save } from "./storage";
import { type Kept, readKept, withTouch } from "./touches";
import type { Options, UmamiSession, User, Vibn } from "./types";
import { umamiIn } from "./umami";

const WHO = "vibn_who";
const DAYS = 90;

const quietly = <T>(work: () => Promise<T>) => work().catch(() => undefined);

/** Starts tracking this page. */
export function createTracker(options: Options): Vibn {
  const { attributionUrl, publishableKey } = options;
  const { doNotTrack, globalPrivacyControl } = navigator as {
    doNotTrack?: string | null;
    globalPrivacyControl?: boolean;
  };
  let mayStore = doNotTrack !== "1" && !globalPrivacyControl && options.consent !== "required";
  // Looking for the widest domain sets a cookie for a moment, so it has to wait for consent too.
  let domain = mayStore ? rootDomain() : "";
  const site = (domain || location.hostname).replace(/^www\./, "");
  let kept = readKept();
  let session: UmamiSession | undefined;

  const keep = (next: Kept) => {
    kept = next;
    if (mayStore) save(kept, options.cookieDays || DAYS, domain);
  };
  const arrive = (referrer: string, always?: boolean) => {
    const touch = readTouch(location.href, referrer, site, options.ignoreReferrers || [], Date.now());
    if (always || !isDirect(touch)) keep(withTouch(kept, touch));
  };

  arrive(document.referrer, true);
  for (const method of ["pushState", "replaceState"] as const) {
    attempt(() => {
      const original = history[method];
      history[method] = function (this: History, ...args) {
        original.apply(this, args);
        attempt(() => arrive(""));
      };
    });
  }

  // Who is logged in, for this tab: so that the first page view of its next page is already theirs.
  let who = attempt(() => sessionStorage.getItem(WHO)) || "";
  const carried = () => (options.identify === "session" ? "" : who);
  const umami = umamiIn(options, carried());
  const post = attributionUrl && publishableKey ? outboxTo(attributionUrl, publishableKey, () => mayStore) : undefined;
  const learn = async () => {
    await umami._ready;
    session ||= await umami._identify();
  };
  if (!who) quietly(learn);

  const remember = (id: string) => {
    who = id;
    umami._carry(carried());
    attempt(() => (id && mayStore ? sessionStorage.setItem(WHO, id) : sessionStorage.removeItem(WHO)));
  };
  /** The next person on this device starts clean, and nothing that was before is theirs. */
  const forget = () => {
    session = undefined;
    keep({ since: new Date().toISOString() });
  };

  const bridge = async (user: User, linked?: boolean) => {
    const occurred_at = new Date();
    const user_id = `${user.userId}`;
    const { signature } = user;
    const link = (kind: string, of: UmamiSession) =>
      signature &&
      post?.("/v1/identity-links", {
        ...of,
        user_id,
        signature,
        kind,
        occurred_at,
        from: kept.first?.first_seen_at || kept.since,
      });

    const id = await distinctId(user_id);
    const known = who && who === id;
    if (!known) await learn();
    const before = session;
    remember(id);
    const data: Record<string, unknown> = { userId: user_id };
    for (const trait of options.traits || []) data[trait] = user[trait];
    const own = await umami._identify({ ...(carried() && { id }), data });
    if (known) return;
    // Umami to 2.17 and 3.3, and the session mode, stay in the session, and whoever logs in next shares it.
    const stays = own && (own.session_id === before?.session_id || !carried());
    if (before && !stays && !linked) link("before_login", before);
    if (own) link(stays ? "session" : "identified", own);
  };

  const vibn: Vibn = {
    ready: umami._ready,
    getStoredAttribution: () => ({
      ...kept.first,
      ...(kept.last && { last_touch: kept.last }),
      ...(session && { umami: session }),
    }),
    identify: (user) => quietly(() => bridge(user)),
    signup: (user) =>
      quietly(async () => {
        await learn();
        const answer = await post?.("/v1/attributions", {
          ...vibn.getStoredAttribution(),
          user_id: `${user.userId}`,
          signature: user.signature,
        });
        await bridge(user, !!post);
        forget();
        return answer;
      }),
    track(name, data) {
      umami._ready.then(() => attempt(() => window.umami?.track(name, data)));
    },
    consent(decision) {
      mayStore = decision === "granted";
      if (mayStore) {
        domain = rootDomain();
        keep(kept);
      } else {
        save(undefined, 0, domain);
        attempt(() => sessionStorage.removeItem(WHO));
      }
    },
    reset() {
      remember("");
      forget();
    },
  };
  return vibn;
}
