import { describe, expect, it } from "vitest";
import { come, cookie, open, ready, stage, touches, vibn, visitor, withStage } from "./support/browser";

withStage();

describe("form fields", () => {
  it("are filled, in forms that come later too, and once more when the form is sent", async () => {
    stage.page.attributes = { "data-use": "forms" };
    stage.page.body = `<form id="form" onsubmit="event.preventDefault(); window.sent = Object.fromEntries(new FormData(this))">
      <input type="hidden" name="source" data-vibn-field="utm_source">
      <input type="hidden" name="last" data-vibn-field="last_touch.utm_source">
      <input type="hidden" name="none" data-vibn-field="utm_term" value="old"><button>Send</button></form>`;
    const page = await open(await visitor(), "https://www.example.com/?utm_source=x");
    const value = (selector: string) => page.inputValue(selector);
    await expect.poll(() => value("[name=source]")).toBe("x");
    await page.evaluate(() => {
      const div = document.createElement("div");
      div.innerHTML = '<form><input name="late" data-vibn-field="landing_page"></form>';
      document.body.append(div);
    });
    await expect.poll(() => value("[name=late]")).toContain("https://www.example.com");
    await page.evaluate(() => history.pushState({}, "", "/?utm_source=banner"));
    await page.click("#form button");

    expect(await page.evaluate(() => (window as unknown as { sent: object }).sent)).toEqual({
      source: "x",
      last: "banner",
      none: "",
    });
  });

  it("are left alone by a page that does not ask", async () => {
    stage.page.body = `<input data-vibn-field="utm_source" value="mine">`;
    const page = await open(await visitor(), "https://www.example.com/?utm_source=x");
    await page.waitForLoadState("networkidle");

    expect(await page.inputValue("input")).toBe("mine");
  });
});

describe("elements with data-vibn-event", () => {
  it("are recorded when clicked, by mouse or key, once", async () => {
    stage.page.attributes = { "data-use": "events" };
    stage.page.body = `
      <button id="button" data-vibn-event="buy" data-vibn-event-plan="pro"><b id="inner">Buy</b></button>
      <div id="card" role="button" tabindex="0" data-vibn-event="card" onkeydown="if (event.key === 'Enter') this.click()">Card</div>
      <button id="plain">Nothing</button>`;
    const page = await open(await visitor(), "https://www.example.com/");
    await page.waitForLoadState("networkidle");
    await page.click("#inner");
    await page.focus("#button");
    await page.keyboard.press("Enter");
    await page.focus("#card");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Space");
    await page.click("#plain");
    await vibn(page, "track", "end");

    await expect.poll(() => stage.umami("event").some(({ name }) => name === "end")).toBe(true);
    const events = stage.umami("event").filter(({ name }) => name && name !== "end");
    expect(events.map(({ name }) => name).sort()).toEqual(["buy", "buy", "card", "card"]);
    expect(events.find(({ name }) => name === "buy").data).toEqual({ plan: "pro" });
  });
});

describe("links between the operator's own domains", () => {
  const bothSites = () => {
    stage.page.attributes = { "data-use": "linker", "data-linker": "example.com, shop.test" };
    stage.pages["/"] = {
      body: `<a id="link" href="https://www.shop.test/buy?a=1">Shop</a><a id="other" href="https://www.example.net/">Other</a><a id="own" href="https://app.example.com/">Own</a>`,
    };
  };

  it("take the touch along, which wins over the arrival itself and leaves no mark in the address", async () => {
    bothSites();
    const context = await visitor();
    const page = await come(context, "https://www.google.com", "https://www.example.com/?utm_source=x");
    await vibn(page, "identify", { userId: "ada", signature: "s" });
    const sent = await touches(page);
    await page.waitForLoadState("networkidle");
    await page.click("#link");
    await page.waitForURL("**/buy?a=1");
    await ready(page);

    await expect.poll(async () => (await touches(page)).utm_source).toBe("x");
    const { last_touch, ...first } = await touches(page);
    expect(first).toEqual({ ...sent, last_touch: undefined });
    expect(last_touch).toEqual(sent.last_touch);
    expect(new URL(page.url()).search).toBe("?a=1");
    // Who is logged in stays where it is.
    const views = stage.umami("event").filter(({ hostname }) => hostname === "www.shop.test");
    expect(views.map(({ id }) => id)).toEqual([undefined]);
  });

  it("never replace a first touch that is there", async () => {
    bothSites();
    const context = await visitor();
    const there = await open(context, "https://www.shop.test/?utm_source=earlier");
    await there.waitForLoadState("networkidle");
    const page = await open(context, "https://www.example.com/?utm_source=x");
    await page.waitForLoadState("networkidle");
    await page.click("#link");
    await page.waitForURL("**/buy?a=1");
    await ready(page);

    await expect.poll(async () => (await touches(page)).last_touch.utm_source).toBe("x");
    expect((await touches(page)).utm_source).toBe("earlier");
  });

  it("are decorated only for hosts that the operator names, and only while they are followed", async () => {
    bothSites();
    const page = await open(await visitor(), "https://www.example.com/?utm_source=x");
    await page.waitForLoadState("networkidle");
    const followed: string[] = [];
    await page.route(/\.test|example\.net|app\.example/, (route) => {
      if (route.request().isNavigationRequest()) followed.push(route.request().url());
      return route.request().isNavigationRequest() ? route.fulfill({ status: 204 }) : route.continue();
    });
    for (const id of ["#link", "#other", "#own"]) await page.click(id);

    await expect.poll(() => followed.length).toBe(3);
    expect(followed.map((url) => new URL(url).searchParams.has("vibn_touch"))).toEqual([true, false, false]);
    expect(await page.getAttribute("#link", "href")).not.toContain("vibn_touch");
  });

  it("bring nothing from a page that is not the operator's, nor twice to another browser", async () => {
    bothSites();
    const page = await open(await visitor(), "https://www.example.com/?utm_source=x");
    await page.waitForLoadState("networkidle");
    const link = page.waitForRequest((request) => request.url().includes("vibn_touch"));
    await page.click("#link");
    const address = new URL((await link).url());
    address.port = "";
    const stranger = await visitor({ userAgent: "Mozilla/5.0 (X11; Linux x86_64) Other/1.0" });
    const theirs = await open(stranger, address.href);
    await theirs.waitForURL("**/buy?a=1");
    const foreign = await visitor();
    const lured = await come(foreign, "https://evil.example.net", address.href);
    await lured.waitForURL("**/buy?a=1");

    expect((await touches(theirs)).utm_source).toBeUndefined();
    expect((await touches(lured)).utm_source).toBeUndefined();
    expect((await cookie(foreign)).says.first.referrer).toContain("evil.example.net");
  });
});
