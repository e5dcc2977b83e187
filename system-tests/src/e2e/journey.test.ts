import { randomUUID } from "node:crypto";
import { setTimeout } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { clickTheAd, laptop, logIn, PHONE, pageview, signUp, useBrowser, view, visitor } from "./support/browser";
import { attribution, eventually, type Json, post, profile, sign, value, visitUmami } from "./support/stack";

/** How long after a login an anonymous session is still taken for that user's, and a little more. */
const GRACE = 6000;

useBrowser();

const paths = (trail: Json): string[] => trail.items.map((event: Json) => event.url_path).reverse();
const views = (user: string, count: number) =>
  eventually(
    () => profile(user),
    ({ body }) => body.first_touch_web_funnel?.pageviews === count,
  );

/** Ad, three pages, signup, two more. */
async function wholeJourney(): Promise<string> {
  const page = await visitor();
  await clickTheAd(page);
  await view(page, "/pricing");
  await view(page, "/signup");
  const user = await signUp(page, "Ada");
  await view(page, "/settings");
  return user;
}

describe("a visitor who comes from an ad, looks around, signs up and goes on", () => {
  it("is recorded with the touch of the landing", async () => {
    const user = await wholeJourney();

    const { status, body } = await attribution(user);

    expect(status).toBe(200);
    expect(body).toMatchObject({ trust: "signed", source: "browser" });
    expect(body.first_touch).toMatchObject({
      utm_source: "google",
      utm_medium: "cpc",
      utm_campaign: "friday-evening",
      click_ids: { gclid: "Cj0KCQdemo" },
      referrer: `${value("DEMO_SITE_URL").replace("localhost", "127.0.0.1")}/`,
      landing_page: `${value("DEMO_SITE_URL")}/?utm_source=google&utm_medium=cpc&utm_campaign=friday-evening&gclid=Cj0KCQdemo`,
      direct: false,
    });
  });

  it("is shown to the admin with every page, before and after, in order, with device and browser", async () => {
    const user = await wholeJourney();

    const { body } = await views(user, 5);

    const funnel = body.first_touch_web_funnel;
    expect(paths(body.live_click_trail)).toEqual(["/", "/pricing", "/signup", "/app", "/settings"]);
    expect(funnel.pageviews_before_signup).toBe(3);
    expect(funnel.entry).toMatchObject({ url_path: "/", utm_source: "google", utm_campaign: "friday-evening" });
    expect(funnel).toMatchObject({ devices: ["laptop"], browsers: ["chrome"] });
    expect(funnel.seconds_to_signup).toBeGreaterThanOrEqual(0);
    for (const event of body.live_click_trail.items) {
      expect(event).toMatchObject({ type: "pageview", device: "laptop", browser: "chrome", os: "Linux" });
    }
  });

  it("is the same user on a second device, which keeps its own name", async () => {
    const user = await wholeJourney();
    const phone = await visitor(PHONE, { width: 390, height: 844 });
    await view(phone, "/docs");
    await view(phone, "/login");
    await logIn(phone, user);

    const { body } = await eventually(
      () => profile(user),
      (answer) => answer.body.first_touch_web_funnel?.pageviews >= 7,
    );

    const trail: Json[] = body.live_click_trail.items;
    expect(body.first_touch_web_funnel.devices).toEqual(["laptop", "mobile"]);
    expect(body.first_touch_web_funnel.browsers).toEqual(["chrome", "ios"]);
    expect(trail.find((event) => event.url_path === "/docs")).toMatchObject({ device: "mobile", browser: "ios" });
    expect(trail.find((event) => event.url_path === "/pricing")).toMatchObject({ device: "laptop", browser: "chrome" });
  });

  it("keeps the first touch when signing up again with other parameters, and says so", async () => {
    const user = await wholeJourney();
    const before = (await attribution(user)).body;

    const again = await fetch(`${value("ATTRIBUTION_URL")}/v1/attributions?key=${value("PUBLISHABLE_KEY")}`, {
      method: "POST",
      headers: { Origin: value("DEMO_SITE_URL") },
      body: JSON.stringify({ user_id: user, signature: sign(user), utm_source: "twitter", utm_campaign: "late" }),
    });

    expect(again.status).toBe(200);
    expect(await again.json()).toMatchObject({ created: false, outcome: "kept", first_touch: before.first_touch });
    expect((await attribution(user)).body).toEqual(before);
  });
});

describe("two people behind one address with the same browser, at the same time", () => {
  it("keep their own events, never get the other's after login, and their common session is marked", async () => {
    const same = laptop();
    const ada = await visitor(same);
    const bob = await visitor(same);
    await clickTheAd(ada);
    await view(bob, "/docs");
    await view(ada, "/pricing");
    await view(ada, "/signup");
    const adaId = await signUp(ada, "Ada");
    await view(ada, "/settings");
    await setTimeout(GRACE);
    await view(bob, "/pricing");
    await view(bob, "/signup");
    const bobId = await signUp(bob, "Bob");
    await view(bob, "/settings");
    await view(ada, "/settings");

    const adas = (
      await eventually(
        () => profile(adaId),
        ({ body }) => paths(body.live_click_trail).filter((path) => path === "/settings").length === 2,
      )
    ).body;
    const bobs = (
      await eventually(
        () => profile(bobId),
        ({ body }) => paths(body.live_click_trail).includes("/settings"),
      )
    ).body;

    // After login nothing mixes: Umami's session of each is their own.
    const after = (found: Json) =>
      found.live_click_trail.items.filter((event: Json) => ["/app", "/settings"].includes(event.url_path));
    expect(after(adas)).toHaveLength(3);
    expect(after(bobs)).toHaveLength(2);
    expect(new Set(after(adas).map((event: Json) => event.session_id)).size).toBe(1);
    expect(after(adas)[0].session_id).not.toBe(after(bobs)[0].session_id);
    expect(after(adas).every((event: Json) => !event.shared)).toBe(true);
    // Before it, the anonymous session is one for both: no event is given to both, and it is marked.
    const ids = (found: Json): string[] => found.live_click_trail.items.map((event: Json) => event.event_id);
    expect(ids(adas).filter((id) => ids(bobs).includes(id))).toEqual([]);
    const before = [...adas.live_click_trail.items, ...bobs.live_click_trail.items].filter((event: Json) =>
      ["/", "/docs", "/pricing", "/signup"].includes(event.url_path),
    );
    expect(paths(adas.live_click_trail)).toEqual([
      "/",
      "/docs",
      "/pricing",
      "/signup",
      "/app",
      "/settings",
      "/settings",
    ]);
    expect(paths(bobs.live_click_trail)).toEqual(["/pricing", "/signup", "/app", "/settings"]);
    expect(before).toHaveLength(6);
    expect(before.every((event: Json) => event.shared)).toBe(true);
    expect(adas.first_touch_web_funnel.identity.shared).toBe(true);
    expect(adas.first_touch_web_funnel.entry.utm_source).toBe("google");
    expect((await attribution(bobId)).body.first_touch.direct).toBe(true);
  });
});

describe("a browser that blocks Umami", () => {
  it.each([
    ["answers its script with 404", (route: Json) => route.fulfill({ status: 404 })],
    ["aborts everything of it", (route: Json) => route.abort()],
  ])("%s: the signup's attribution still arrives", async (_, block) => {
    const page = await visitor();
    await page.route(`${value("UMAMI_URL")}/**`, block);
    await page.goto(`${value("DEMO_SITE_URL").replace("localhost", "127.0.0.1")}/ad`);
    await page.click("#ad");
    await page.waitForLoadState("load");
    await page.goto(`${value("DEMO_SITE_URL")}/signup`);

    const user = await signUp(page, "Blocked");

    const { body } = await attribution(user);
    expect(body.first_touch).toMatchObject({ utm_source: "google", click_ids: { gclid: "Cj0KCQdemo" } });
  });
});

describe("the next person on the same device", () => {
  it("starts clean after a signup and a logout", async () => {
    const page = await visitor();
    await clickTheAd(page);
    await view(page, "/signup");
    const first = await signUp(page, "First");
    const left = pageview(page);
    await page.click("#logout");
    await left;
    await view(page, "/signup");
    const second = await signUp(page, "Second");

    expect((await attribution(first)).body.first_touch.utm_source).toBe("google");
    expect((await attribution(second)).body.first_touch).toMatchObject({ direct: true });
    const { body } = await eventually(
      () => profile(second),
      (answer) => paths(answer.body.live_click_trail).includes("/app"),
    );
    expect(paths(body.live_click_trail).filter((path) => path === "/app")).toHaveLength(1);
  });
});

describe("attribution-service as packaged", () => {
  it("leaves one record of two hundred concurrent signups", async () => {
    const user = `crowd-${crypto.randomUUID()}`;

    const answers = await Promise.all(
      Array.from({ length: 200 }, (_, i) =>
        post("/v1/attributions", JSON.stringify({ user_id: user, utm_source: `source-${i}` })),
      ),
    );

    const bodies: Json[] = await Promise.all(answers.map((answer) => answer.json()));
    expect(bodies.filter((body) => body.created)).toHaveLength(1);
    expect(new Set(bodies.map((body) => body.first_touch.utm_source)).size).toBe(1);
    expect((await attribution(user)).body.first_touch).toEqual(bodies[0].first_touch);
  });

  const user = `refused-${crypto.randomUUID()}`;
  const key = () => `/v1/attributions?key=${value("PUBLISHABLE_KEY")}`;
  it.each<[string, () => Promise<Response>, number, string]>([
    ["no JSON", () => post("/v1/attributions", "{"), 400, "invalid-request"],
    ["a wrong type", () => post("/v1/attributions", '{"user_id":7}'), 400, "invalid-request"],
    ["no user id", () => post("/v1/attributions", '{"utm_source":"x"}'), 400, "invalid-request"],
    ["an unknown key", () => post("/v1/attributions", "{}", { Authorization: "Bearer nonsense" }), 401, "unauthorized"],
    [
      "a wrong signature",
      () =>
        fetch(value("ATTRIBUTION_URL") + key(), {
          method: "POST",
          headers: { Origin: value("DEMO_SITE_URL") },
          body: JSON.stringify({ user_id: user, signature: sign("somebody else") }),
        }),
      403,
      "forbidden",
    ],
    [
      "ten megabytes",
      () => post("/v1/attributions", JSON.stringify({ user_id: user, more: "x".repeat(10 * 1024 * 1024) })),
      413,
      "payload-too-large",
    ],
  ])("answers %s with a problem and stores nothing", async (_, call, status, type) => {
    const answer = await call();

    expect(answer.status).toBe(status);
    expect(answer.headers.get("content-type")).toContain("application/problem+json");
    expect(await answer.json()).toMatchObject({ type: `urn:vibn:problem:${type}`, status });
    expect((await attribution(user)).status).toBe(404);
  });
});

describe("a signup that says nothing of where it came from", () => {
  it("ends with the touch that Umami saw at the beginning of its session", async () => {
    const session = await visitUmami("/?utm_source=podcast&utm_medium=audio", "https://pod.example.org/show");
    const user = `silent-${randomUUID()}`;
    const signedUp = await post(
      "/v1/attributions",
      JSON.stringify({
        user_id: user,
        umami: { website_id: value("UMAMI_WEBSITE_ID"), session_id: session, kind: "before_login" },
      }),
    );
    expect(signedUp.status).toBe(201);

    const { body } = await eventually(
      () => attribution(user),
      ({ body }) => body.first_touch?.direct === false,
      45,
    );

    expect(body.source).toBe("umami");
    expect(body.first_touch).toMatchObject({
      utm_source: "podcast",
      utm_medium: "audio",
      referrer: "https://pod.example.org/show",
      landing_page: "https://www.example.com/?utm_source=podcast&utm_medium=audio",
    });
  });
});
