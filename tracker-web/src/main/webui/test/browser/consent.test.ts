import type { BrowserContext, Page } from "playwright-core";
import { beforeEach, describe, expect, it } from "vitest";
import { cookie, go, open, stage, touches, vibn, visitor, withStage } from "./support/browser";

withStage();

/** Everything that a site may leave on a device. */
async function traces(context: BrowserContext, page: Page): Promise<string[]> {
  const cookies = (await context.cookies()).map(({ name }) => name);
  const keys = await page.evaluate(() => [...Object.keys(localStorage), ...Object.keys(sessionStorage)]);
  return [...cookies, ...keys];
}

/** Notes each cookie that a script sets, even for a moment. */
const watchCookies = (context: BrowserContext) =>
  context.addInitScript(() => {
    const { get, set } = Object.getOwnPropertyDescriptor(Document.prototype, "cookie") as Required<PropertyDescriptor>;
    const set_ = window as unknown as { cookiesSet: string[] };
    set_.cookiesSet = [];
    Object.defineProperty(Document.prototype, "cookie", {
      configurable: true,
      get,
      set(text: string) {
        set_.cookiesSet.push(text);
        set.call(this, text);
      },
    });
  });
const cookiesSet = (page: Page) => page.evaluate(() => (window as unknown as { cookiesSet: string[] }).cookiesSet);

describe("where consent is required", () => {
  beforeEach(() => {
    stage.page.attributes = { "data-consent": "required" };
  });

  it("leaves nothing on the device before, not even for a moment, and yet works", async () => {
    const context = await visitor();
    await watchCookies(context);

    const page = await open(context, "https://www.example.com/?utm_source=x");
    await vibn(page, "identify", { userId: "ada", signature: "s" });

    expect(await traces(context, page)).toEqual([]);
    expect(await cookiesSet(page)).toEqual([]);
    expect((await touches(page)).utm_source).toBe("x");
    await expect.poll(() => stage.told("/v1/identity-links").length).toBeGreaterThan(0);
  });

  it("keeps a signup with the touch of this page, without storing it", async () => {
    const context = await visitor();
    const page = await open(context, "https://www.example.com/?utm_source=x");

    await vibn(page, "signup", { userId: "ada", signature: "s" });

    expect(stage.told("/v1/attributions")).toMatchObject([{ utm_source: "x", user_id: "ada" }]);
    expect(await traces(context, page)).toEqual([]);
  });

  it("stores the touch at its original time when consent comes late", async () => {
    const context = await visitor();
    const page = await open(context, "https://www.example.com/?utm_source=x");
    const landed = await touches(page);
    await page.evaluate(() => history.pushState({}, "", "/?utm_source=later"));
    await page.waitForFunction((landed) => Date.now() > Date.parse(landed) + 50, landed.first_seen_at);

    await vibn(page, "consent", "granted");

    const { says } = await cookie(context);
    expect(says.first).toMatchObject({ utm_source: "x", first_seen_at: landed.first_seen_at });
    expect(says.last.utm_source).toBe("later");
  });

  it("does not let a late consent overwrite what is stored already", async () => {
    const context = await visitor();
    const page = await open(context, "https://www.example.com/?utm_source=first");
    await vibn(page, "consent", "granted");
    await go(page, "https://www.example.com/?utm_source=second");
    const before = await touches(page);

    await vibn(page, "consent", "granted");

    expect(before.utm_source).toBe("second");
    expect(await touches(page)).toMatchObject({ utm_source: "first", last_touch: { utm_source: "second" } });
  });

  it("remembers who is logged in across tabs once the visitor has said yes", async () => {
    const context = await visitor();
    const page = await open(context, "https://www.example.com/");
    await vibn(page, "consent", "granted");
    await vibn(page, "identify", { userId: "ada", signature: "s" });
    await vibn(page, "consent", "granted");
    stage.page.attributes = { "data-consent": "granted" };
    const before = stage.umami("event").length;

    await open(context, "https://www.example.com/other-tab");

    await expect.poll(() => stage.umami("event").length).toBe(before + 1);
    expect(stage.umami("event").at(-1).id).toBe("ada");
  });
});

describe("withdrawal", () => {
  it("erases everything, wherever it was granted", async () => {
    stage.failures["/v1/attributions"] = Array(50).fill(503);
    const context = await visitor();
    const page = await open(context, "https://app.example.com/?utm_source=x");
    await vibn(page, "identify", { userId: "ada", signature: "s" });
    await vibn(page, "signup", { userId: "ada", signature: "s" });
    const before = await traces(context, page);
    // The next page waits for consent and so does not know which domain the cookie is for.
    stage.page.attributes = { "data-consent": "required" };
    await go(page, "https://app.example.com/settings");

    await vibn(page, "consent", "denied");

    expect(before).toEqual(
      expect.arrayContaining(["vibn_attribution", "vibn_who", expect.stringContaining("vibn_outbox_")]),
    );
    expect(await traces(context, page)).toEqual([]);
    expect(await touches(page)).toEqual({});
  });

  it("ends what was kept in this page too", async () => {
    const context = await visitor();
    const page = await open(context, "https://www.example.com/?utm_source=x");
    await vibn(page, "identify", { userId: "ada", signature: "s" });
    await vibn(page, "consent", "denied");
    await vibn(page, "track", "after");
    await page.evaluate(() => history.pushState({}, "", "/?utm_source=later"));

    await expect.poll(() => stage.umami("event").some(({ name }) => name === "after")).toBe(true);
    expect(stage.umami("event").find(({ name }) => name === "after").id).toBeUndefined();
    expect(await traces(context, page)).toEqual([]);
  });
});

describe("a browser that asks not to be tracked", () => {
  it.each([
    ["globalPrivacyControl", true],
    ["doNotTrack", "1"],
  ])("by %s stores nothing, unless the visitor says yes to this site", async (name, value) => {
    stage.page.attributes = { "data-consent": "granted" };
    const context = await visitor();
    await context.addInitScript(
      ([name, value]) => Object.defineProperty(Navigator.prototype, name as string, { get: () => value }),
      [name, value],
    );
    const page = await open(context, "https://www.example.com/?utm_source=x");
    const before = await traces(context, page);
    await vibn(page, "consent", "granted");

    expect(before).toEqual([]);
    expect((await cookie(context)).says.first.utm_source).toBe("x");
  });
});

describe("a consent platform", () => {
  const tcf = (data: object) => `<script>
    const listeners = [];
    window.__tcfapi = (command, version, listener) => { listeners.push(listener); listener(${JSON.stringify(data)}, true); };
    window.tcf = (data) => { for (const listener of listeners) listener(data, true); };
  </script>`;
  const consents = (...purposes: number[]) => ({
    consents: Object.fromEntries(purposes.map((purpose) => [purpose, true])),
  });
  const google = (...calls: unknown[][]) => `<script>
    window.dataLayer = window.dataLayer || [];
    function gtag() { dataLayer.push(arguments); }
    ${calls.map((call) => `gtag(${call.map((part) => JSON.stringify(part)).join(",")});`).join("\n")}
  </script>`;

  beforeEach(() => {
    stage.page.attributes = { "data-consent": "required", "data-use": "cmp" };
  });
  const isStored = (context: BrowserContext) => async () => !!(await cookie(context));

  it("by TCF grants when the visitor has agreed, and takes it back", async () => {
    stage.page.head = tcf({ eventStatus: "cmpuishown", gdprApplies: true, purpose: consents() });
    const context = await visitor();
    const page = await open(context, "https://www.example.com/?utm_source=x");
    const say = (data: object) =>
      page.evaluate((data) => (window as unknown as { tcf(data: object): void }).tcf(data), data);
    await page.waitForLoadState("networkidle");
    const shown = await cookie(context);
    await say({ eventStatus: "useractioncomplete", gdprApplies: true, purpose: consents(1) });
    const storageOnly = await cookie(context);
    await say({ eventStatus: "useractioncomplete", gdprApplies: true, purpose: consents(1, 7) });
    await expect.poll(isStored(context)).toBe(true);
    await say({ eventStatus: "useractioncomplete", gdprApplies: true, purpose: consents(7) });

    await expect.poll(isStored(context)).toBe(false);
    expect([shown, storageOnly]).toEqual([undefined, undefined]);
  });

  it.each([
    ["where GDPR does not apply", { eventStatus: "tcloaded", gdprApplies: false }],
    ["on the visits after the decision", { eventStatus: "tcloaded", gdprApplies: true, purpose: consents(1, 7) }],
  ])("by TCF grants %s", async (_, data) => {
    stage.page.head = tcf(data);
    const context = await visitor();
    await open(context, "https://www.example.com/?utm_source=x");

    await expect.poll(isStored(context)).toBe(true);
  });

  it("by Google Consent Mode grants with analytics_storage, and takes it back", async () => {
    stage.page.head = google(["consent", "default", { ad_storage: "denied", analytics_storage: "denied" }]);
    const context = await visitor();
    const page = await open(context, "https://www.example.com/?utm_source=x");
    const update = (state: string) =>
      page.evaluate((state) => {
        (window as unknown as { gtag(...args: unknown[]): void }).gtag("consent", "update", {
          analytics_storage: state,
        });
      }, state);
    await page.waitForLoadState("networkidle");
    const before = await cookie(context);
    await update("granted");
    await expect.poll(isStored(context)).toBe(true);
    await update("denied");

    await expect.poll(isStored(context)).toBe(false);
    expect(before).toBeUndefined();
    expect(await page.evaluate(() => (window as unknown as { dataLayer: unknown[] }).dataLayer.length)).toBe(3);
  });

  it("is denied when one of two says no, or the browser does", async () => {
    stage.page.head =
      google(["consent", "default", { analytics_storage: "granted" }]) +
      tcf({ eventStatus: "tcloaded", gdprApplies: true, purpose: consents() });
    const context = await visitor();
    const page = await open(context, "https://www.example.com/?utm_source=x");
    await page.waitForLoadState("networkidle");
    const both = await cookie(context);
    stage.page.head = google(["consent", "default", { analytics_storage: "granted" }]);
    const other = await visitor();
    await other.addInitScript(() =>
      Object.defineProperty(Navigator.prototype, "globalPrivacyControl", { get: () => true }),
    );
    const theirs = await open(other, "https://www.example.com/?utm_source=x");
    await theirs.waitForLoadState("networkidle");

    expect(both).toBeUndefined();
    expect(await cookie(other)).toBeUndefined();
  });
});
