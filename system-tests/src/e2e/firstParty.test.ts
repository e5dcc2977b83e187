import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { useBrowser, visitor } from "./support/browser";
import { attribution, eventually, profile, sign, value } from "./support/stack";
import { TrackerWeb } from "./support/trackerWeb";

useBrowser();

let tracker: TrackerWeb;
beforeAll(async () => {
  tracker = await TrackerWeb.start({
    TRACKER_UMAMI_WEBSITE_ID: value("UMAMI_WEBSITE_ID"),
    TRACKER_PUBLISHABLE_KEY: value("PUBLISHABLE_KEY"),
    TRACKER_PROXY_UMAMI_URL: value("UMAMI_URL"),
    TRACKER_PROXY_SCRIPT_PATH: "/m/s.js",
    TRACKER_PROXY_COLLECT_PATH: "/m/api/send",
    TRACKER_PROXY_ATTRIBUTION_URL: value("ATTRIBUTION_URL"),
    TRACKER_PROXY_ATTRIBUTION_PATH: "/m/a",
  });
});
afterAll(() => tracker?.stop());

/** The script tag that the install page shows. */
async function tag(): Promise<string> {
  const text = await (await fetch(tracker.url)).text();
  const code = /<pre><code>(&lt;script defer[\s\S]*?)<\/code>/.exec(text)?.[1] ?? "";
  return code.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&quot;", '"');
}

/** A page of the demo site's origin with that tag, in a browser that blocks Umami and attribution-service. */
async function blockedPage(path: string, query = ""): Promise<Page> {
  const page = await visitor();
  await page.route(`${value("UMAMI_URL")}/**`, (route) => route.abort());
  await page.route(`${value("ATTRIBUTION_URL")}/**`, (route) => route.abort());
  const body = `<!doctype html><title>Shop</title>${await tag()}`;
  await page.route(`${value("DEMO_SITE_URL")}${path}**`, (route) => route.fulfill({ contentType: "text/html", body }));
  await page.goto(`${value("DEMO_SITE_URL")}${path}${query}`);
  return page;
}

describe("first-party mode, in a browser that blocks Umami and attribution-service", () => {
  it("loses neither the history before the signup nor the attribution", async () => {
    const user = `first-party-${crypto.randomUUID()}`;
    const page = await blockedPage("/first-party", "?utm_source=newsletter");

    await page.evaluate(
      (signup) => (window as unknown as { vibn: { signup(user: object): Promise<unknown> } }).vibn.signup(signup),
      { userId: user, signature: sign(user) },
    );

    expect((await attribution(user)).body.first_touch).toMatchObject({ utm_source: "newsletter" });
    const { body } = await eventually(
      () => profile(user),
      (answer) => answer.body.first_touch_web_funnel?.pageviews === 1,
    );
    expect(body.live_click_trail.items.at(-1)).toMatchObject({ url_path: "/first-party", device: "laptop" });
  });
});

describe("POST /v1/touch", () => {
  it("takes the tracker's own cookie, and the browser keeps the same one", async () => {
    const page = await blockedPage("/touch", "?utm_source=google&utm_campaign=sp%C3%A4t%20%26%20(gut)!&gclid=abc");
    const read = async () => (await page.context().cookies()).filter(({ name }) => name === "vibn_attribution");
    const [before] = await eventually(read, (cookies) => cookies.length === 1);

    const status = await page.evaluate(
      async ([url, cookie]) => {
        const answer = await fetch(`${url}/v1/touch`, {
          method: "POST",
          credentials: "include",
          body: decodeURIComponent(String(cookie)),
        });
        return answer.status;
      },
      [tracker.url, before?.value],
    );

    expect(status).toBe(204);
    const after = await read();
    expect(after).toHaveLength(1);
    expect(after[0]).toMatchObject({ value: before?.value, domain: before?.domain, path: "/", sameSite: "Lax" });
  });

  it("erases it when consent is withdrawn", async () => {
    const page = await blockedPage("/touch", "?utm_source=google");
    const read = async () => (await page.context().cookies()).filter(({ name }) => name === "vibn_attribution");
    await eventually(read, (cookies) => cookies.length === 1);

    await page.evaluate((url) => fetch(`${url}/v1/touch`, { method: "DELETE", credentials: "include" }), tracker.url);

    expect(await read()).toEqual([]);
  });
});
