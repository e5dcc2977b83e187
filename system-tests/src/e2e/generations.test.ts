import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { useBrowser, visitor } from "./support/browser";
import { type Generation, startGenerations, VERSIONS } from "./support/generations";
import { eventually, type Json, segments, sign, value } from "./support/stack";

/** How long after a login an anonymous session is still taken for that user's, and a little more. */
const GRACE = 6000;

useBrowser();

let umamis: Record<string, Generation>;
let stop: () => Promise<void>;
beforeAll(async () => {
  ({ umamis, stop } = await startGenerations());
}, 120_000);
afterAll(() => stop?.());

/** A page view as Umami took it. */
interface View {
  path: string;
  at: number;
  session: string;
  id?: string;
}

/** A page of the demo site that has no tag, with this one in its head; what Umami takes of its views. */
async function site(umami: Generation, mode: string): Promise<{ page: Page; views: View[] }> {
  const page = await visitor();
  await page.addInitScript(
    (attributes) => {
      new MutationObserver((_, observer) => {
        if (!document.head) return;
        observer.disconnect();
        const script = document.createElement("script");
        for (const [name, text] of Object.entries(attributes)) script.setAttribute(name, text);
        document.head.append(script);
      }).observe(document, { childList: true, subtree: true });
    },
    {
      src: `${value("TRACKER_URL")}/tracker.js`,
      "data-umami-website-id": umami.website,
      "data-umami-script-url": `${umami.url}/script.js`,
      "data-attribution-url": value("ATTRIBUTION_URL"),
      "data-key": value("PUBLISHABLE_KEY"),
      "data-identify": mode,
    },
  );
  const views: View[] = [];
  page.on("response", async (response) => {
    const sent = response.url().endsWith("/api/send") ? response.request().postDataJSON() : undefined;
    if (sent?.type !== "event") return;
    const at = Date.now();
    const { sessionId } = await response.json();
    views.push({
      path: new URL(sent.payload.url).searchParams.get("page") ?? "",
      at,
      session: sessionId,
      id: sent.payload.id,
    });
  });
  return { page, views };
}

async function view(page: Page, views: View[], path: string): Promise<View> {
  const before = views.length;
  await page.goto(`${value("DEMO_SITE_URL")}/ad?page=${path}`);
  await eventually(
    async () => views.length,
    (count) => count > before,
  );
  return views.at(-1) as View;
}

const call = (page: Page, name: string, user: string): Promise<Json> =>
  page.evaluate(([name, user]) => (window as Json).vibn[name as string](user), [
    name,
    { userId: user, signature: sign(user) },
  ] as const);

const holds = (segment: Json, { session, at }: View) =>
  segment.session_id === session &&
  (!segment.from || Date.parse(segment.from) <= at) &&
  (!segment.until || at < Date.parse(segment.until));
const claimed = async (user: string, view: View) =>
  (await segments(user)).body.items.some((each: Json) => holds(each, view));

describe.each(VERSIONS)("with Umami %s", (version) => {
  it.each(["user", "session"])("a history is whole, and the next person's is theirs, in mode %s", async (mode) => {
    const umami = umamis[version] as Generation;
    const [ada, bob] = ["ada", "bob"].map((name) => `${name}-${crypto.randomUUID()}`) as [string, string];
    const { page, views } = await site(umami, mode);
    const landing = await view(page, views, "landing&utm_source=google&utm_medium=cpc");
    await call(page, "signup", ada);
    const loggedIn = Date.now();
    const adas = [landing];
    for (const path of ["one", "two"]) {
      adas.push(await view(page, views, path));
      await call(page, "identify", ada);
    }
    await page.evaluate(() => (window as Json).vibn.reset());
    const out = await view(page, views, "out");
    await eventually(
      async () => Date.now() - loggedIn,
      (passed) => passed > GRACE,
    );
    await call(page, "identify", bob);
    const bobs = await view(page, views, "bobs");
    await call(page, "identify", bob);

    // The first page view of each later page carries the id, where Umami is given one.
    const carried = mode === "user" ? ada : undefined;
    expect(adas.map(({ id }) => id)).toEqual([undefined, carried, carried]);
    expect([out.id, bobs.id]).toEqual([undefined, mode === "user" ? bob : undefined]);
    await eventually(
      () => segments(bob),
      ({ body }) => body.items?.some((segment: Json) => segment.kind !== "before_login"),
    );
    for (const each of adas) {
      expect(await claimed(ada, each), `${each.path} is Ada's`).toBe(true);
      expect(await claimed(bob, each), `${each.path} is not Bob's`).toBe(false);
    }
    expect(await claimed(bob, bobs), "Bob's page is Bob's").toBe(true);
    expect(await claimed(ada, bobs), "Bob's page is not Ada's").toBe(false);
    // One session for all where Umami or the mode stays in it, else one for each user; each linked once.
    const stays = mode === "session" || version === "2.17" || version === "3.3";
    const kinds = (await segments(ada)).body.items.map((segment: Json) => segment.kind).sort();
    expect(new Set(views.map(({ session }) => session)).size).toBe(stays ? 1 : 3);
    expect([...new Set(kinds)]).toEqual(["before_login", stays ? "session" : "identified"]);
  });
});
