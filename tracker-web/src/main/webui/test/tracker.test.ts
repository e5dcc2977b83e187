import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Context } from "../src/context";
import { createTracker } from "../src/createTracker";
import { identity } from "../src/identity";
import { toLink } from "../src/linkedTouch";
import { linker } from "../src/linker";
import { more } from "../src/more";
import { storedLetters } from "../src/outbox";
import { startTracker } from "../src/startTracker";
import { erase } from "../src/storage";
import type { Kept } from "../src/touches";
import type { Options, Vibn } from "../src/types";

const SITE = "https://www.example.com";
const OPTIONS: Options = { umamiWebsiteId: "w", umamiScriptUrl: "https://umami.test/script.js", nonce: "" };
const page = window as unknown as { happyDOM: { setURL(url: string): void }; umami?: object };

/** A page view of the site. */
function open(path: string, referrer = ""): void {
  page.happyDOM.setURL(SITE + path);
  Object.defineProperty(document, "referrer", { configurable: true, value: referrer });
}

/** What is on the device; the window of these tests keeps the names of cookies that are erased. */
const stored = () =>
  decodeURIComponent(document.cookie.replace(/\w+=(; |$)/g, "")) +
  JSON.stringify({ ...localStorage, ...sessionStorage });

beforeEach(() => {
  open("/");
  erase();
  localStorage.clear();
  sessionStorage.clear();
  vi.stubGlobal("fetch", vi.fn().mockRejectedValue(new TypeError("network")));
  // What Umami's script would be: the browser need not look for it.
  vi.spyOn(document.head, "append").mockImplementation(() => undefined);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
  delete page.umami;
});

describe("startTracker", () => {
  const never = () => new Promise<unknown>(() => undefined);

  it("keeps the touch of the landing, and a later direct visit changes nothing", () => {
    open("/pricing?utm_source=google&utm_medium=cpc&email=ada@example.com", "https://search.test/");
    startTracker(OPTIONS, never);
    open("/docs");
    const { utm_source, utm_medium, referrer, landing_page, last_touch } = startTracker(
      OPTIONS,
      never,
    ).getStoredAttribution();

    expect({ utm_source, utm_medium, referrer }).toEqual({
      utm_source: "google",
      utm_medium: "cpc",
      referrer: "https://search.test/",
    });
    expect(landing_page).not.toContain("ada");
    expect(last_touch?.utm_source).toBe("google");
  });

  it("stores nothing before consent, and then the touch with the time of the landing", () => {
    vi.useFakeTimers({ now: new Date("2026-05-01T10:00:00Z") });
    open("/?utm_source=news");
    const vibn = startTracker({ ...OPTIONS, consent: "required" }, never);
    expect(stored()).toBe("{}");

    vi.setSystemTime(new Date("2026-05-01T10:05:00Z"));
    vibn.consent("granted");
    expect(stored()).toContain("2026-05-01T10:00:00.000Z");

    vibn.consent("denied");
    expect(stored()).toBe("{}");
  });

  it.each([
    ["doNotTrack", "1"],
    ["globalPrivacyControl", true],
  ])("stores nothing for a browser with %s", (signal, value) => {
    Object.defineProperty(navigator, signal, { configurable: true, value });
    open("/?utm_source=news");
    startTracker(OPTIONS, never);
    Reflect.deleteProperty(navigator, signal);

    expect(stored()).toBe("{}");
  });

  it("writes the signup down before anything is loaded, and starts the next person clean", () => {
    open("/?utm_source=news");
    const vibn = startTracker({ ...OPTIONS, attributionUrl: "https://attribution.test" }, never);
    vibn.signup({ userId: 7, signature: "s", email: "ada@example.com" });

    const [key] = storedLetters();
    const letter = JSON.parse(localStorage.getItem(key as string) as string);
    expect(letter).toMatchObject({
      path: "/v1/attributions",
      body: { user_id: 7, utm_source: "news", signature: "s" },
    });
    expect(JSON.stringify(letter)).not.toContain("ada");
    expect(vibn.getStoredAttribution().utm_source).toBeUndefined();
  });

  it("loads the rest once, for whoever needs it first", () => {
    const load = vi.fn(never);
    const vibn = startTracker(OPTIONS, load);
    expect(load).not.toHaveBeenCalled();

    vibn.identify({ userId: 1 });
    vibn.identify({ userId: 1 });
    expect(load).toHaveBeenCalledTimes(1);
  });

  it("is ready after two seconds without Umami, and passes events on when it is there", async () => {
    vi.useFakeTimers();
    const track = vi.fn();
    const vibn = startTracker(OPTIONS, never);
    const ready = vi.fn();
    vibn.ready.then(ready);

    await vi.advanceTimersByTimeAsync(1999);
    expect(ready).not.toHaveBeenCalled();
    page.umami = { track, getSession: () => ({ cache: "" }) };
    vibn.track("upgraded", { plan: "pro" });
    await vi.advanceTimersByTimeAsync(1);
    expect(ready).toHaveBeenCalled();
    expect(track).toHaveBeenCalledWith("upgraded", { plan: "pro" });
  });
});

/** What the parts that load later are given. */
function context(options: Partial<Options> = {}, kept: Kept = {}) {
  let who: [string?, string?] = [];
  const letters: { path: string; body: Record<string, unknown> }[] = [];
  const made = {
    _options: { ...OPTIONS, ...options },
    _vibn: { ready: Promise.resolve(), consent: vi.fn() } as unknown as Vibn,
    _domain: "example.com",
    _kept: () => kept,
    _keep: (next: Kept) => {
      kept = next;
    },
    _who: () => who,
    _remember: (next: typeof who) => {
      who = next;
    },
    _carried: () => (options.identify !== "session" && who[0]) || "",
    _known: () => undefined,
    _keepLetter: (path: string, body: Record<string, unknown>) => {
      const letter = { path, body, key: `${path}` };
      letters.push(letter);
      return letter;
    },
  } as unknown as Context;
  return { made, letters, kept: () => kept };
}

describe("identity", () => {
  /** Umami's collector: a session for visitors, and one of its own for each id. */
  const collector = () =>
    vi.mocked(fetch).mockImplementation(async (url, init) => {
      if (!`${url}`.startsWith("https://umami.test")) return new Response("{}", { status: 201 });
      const { payload } = JSON.parse(init?.body as string);
      return new Response(JSON.stringify({ sessionId: payload.id ? `of ${payload.id}` : "anonymous", visitId: "v" }));
    });

  it("links the session from before the login and the user's own, once", async () => {
    collector();
    const { made, letters } = context(
      { attributionUrl: "https://attribution.test" },
      {
        first: { first_seen_at: "2026-05-01T10:00:00Z" },
      },
    );
    identity(made);
    await made._identity?._identify({ userId: "ada", signature: "s" });
    await made._identity?._identify({ userId: "ada", signature: "s" });

    expect(letters.map(({ path, body }) => [path, body.kind, body.session_id, body.from])).toEqual([
      ["/v1/identity-links", "before_login", "anonymous", "2026-05-01T10:00:00Z"],
      ["/v1/identity-links", "identified", "of ada", "2026-05-01T10:00:00Z"],
    ]);
    expect(made._carried()).toBe("ada");
  });

  it("stays in the session in mode session, and tells Umami only the traits that were named", async () => {
    collector();
    const { made, letters } = context({ identify: "session", traits: ["plan"] });
    identity(made);
    await made._identity?._identify({ userId: "ada", signature: "s", plan: "pro", email: "ada@example.com" });

    expect(letters.map(({ body }) => [body.kind, body.session_id])).toEqual([["session", "anonymous"]]);
    const sent = vi.mocked(fetch).mock.calls.map(([, init]) => JSON.parse(init?.body as string).payload?.data);
    expect(sent).toContainEqual({ userId: "ada", plan: "pro" });
    expect(JSON.stringify(sent)).not.toContain("example.com");
  });

  it("writes no link without a proof, and survives a collector that is blocked", async () => {
    collector();
    const proofless = context();
    identity(proofless.made);
    await proofless.made._identity?._identify({ userId: "ada" });
    expect(proofless.letters).toEqual([]);

    vi.mocked(fetch).mockRejectedValue(new TypeError("blocked"));
    const blocked = context();
    identity(blocked.made);
    await blocked.made._identity?._identify({ userId: "ada", signature: "s" });
    expect(blocked.letters).toEqual([]);
  });

  it("sends the signup with the session that it came from", async () => {
    collector();
    const { made } = context({ attributionUrl: "https://attribution.test" });
    identity(made);
    const letter = { path: "/v1/attributions", body: { user_id: "ada" } as Record<string, unknown>, key: "k" };
    await made._identity?._signup({ userId: "ada", signature: "s" }, {}, letter);

    expect(letter.body.umami).toEqual({ website_id: "w", session_id: "anonymous", visit_id: "v" });
  });
});

describe("linker", () => {
  const touched: Kept = {
    first: { utm_source: "news", first_seen_at: new Date().toISOString() },
    last: { utm_source: "news", first_seen_at: new Date().toISOString() },
  };
  const click = (href: string) => {
    document.body.innerHTML = `<a href="${href}"><b>there</b></a>`;
    const link = document.querySelector("a") as HTMLAnchorElement;
    link.addEventListener("click", (event) => event.preventDefault());
    document.querySelector("b")?.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true }));
    return link.href;
  };

  it("sends the touch along to the operator's other domains only", () => {
    linker(context({ linker: ["other.test"] }, touched).made);

    expect(click("https://shop.other.test/a?b=c")).toMatch(/^https:\/\/shop\.other\.test\/a\?b=c&vibn_touch=./);
    for (const elsewhere of ["https://stranger.test/", "https://docs.example.com/", "mailto:ada@other.test"])
      expect(click(elsewhere)).toBe(elsewhere);
  });

  it("takes what arrives with a link of its own, and cleans the address", () => {
    open(
      `/?a=1&vibn_touch=${encodeURIComponent(toLink(touched, "www.example.com", Date.now()))}`,
      "https://other.test/",
    );
    const arriving = context({ linker: ["other.test"] });
    linker(arriving.made);

    expect(arriving.kept().first?.utm_source).toBe("news");
    expect(location.search).toBe("?a=1");
  });

  it("takes nothing from a stranger's link, and nothing that was made for another host", () => {
    for (const [host, referrer] of [
      ["www.example.com", "https://stranger.test/"],
      ["elsewhere.test", "https://other.test/"],
    ] as const) {
      open(`/?vibn_touch=${encodeURIComponent(toLink(touched, host, Date.now()))}`, referrer);
      const arriving = context({ linker: ["other.test"] });
      linker(arriving.made);

      expect(arriving.kept()).toEqual({});
      expect(location.search).toBe("");
    }
  });
});

describe("more", () => {
  it("brings identity always, and of the helpers those that were asked for", () => {
    const asked = context({ use: ["linker", "unknown" as "linker"], linker: ["other.test"] });
    open("/?vibn_touch=x");
    more(asked.made);
    expect(asked.made._identity).toBeDefined();
    expect(location.search).toBe("");

    open("/?vibn_touch=x");
    more(context().made);
    expect(location.search).toBe("?vibn_touch=x");
  });
});

describe("createTracker", () => {
  it("needs no second file", async () => {
    vi.useFakeTimers();
    const vibn = createTracker({ ...OPTIONS, consent: "granted" });
    vi.mocked(fetch).mockResolvedValue(new Response(JSON.stringify({ sessionId: "s" })));
    page.umami = { track: vi.fn(), getSession: () => ({ cache: "" }) };

    const identified = vibn.identify({ userId: "ada" });
    await vi.advanceTimersByTimeAsync(2000);
    await identified;
    expect(vi.mocked(fetch).mock.calls.some(([url]) => url === "https://umami.test/api/send")).toBe(true);
  });
});
