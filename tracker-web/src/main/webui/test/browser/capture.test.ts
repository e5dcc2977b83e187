import { describe, expect, it } from "vitest";
import { PARAMETERS } from "../../src/parameters";
import { come, cookie, go, open, ready, stage, touches, visitor, withStage } from "./support/browser";

withStage();

const INTERMEDIARIES = [
  "https://accounts.google.com",
  "https://login.microsoftonline.com",
  "https://checkout.stripe.com",
  "https://sso.partner.test",
];

const AD = "utm_source=google&utm_medium=cpc&utm_campaign=friday&gclid=Cj0K";

describe("a landing", () => {
  it.each(["http", "https"])("by %s keeps every parameter that attribution-service takes", async (scheme) => {
    const context = await visitor();
    const query = PARAMETERS.map((name, i) => `${name}=${i}`).join("&");

    const page = await come(context, "https://www.google.com", `${scheme}://www.example.com/pricing?${query}`);

    const expected = Object.fromEntries(PARAMETERS.map((name, i) => [name, `${i}`]));
    expect(await touches(page)).toMatchObject(expected);
    const { says } = await cookie(context);
    expect(says.first).toMatchObject(expected);
    expect(says.last).toEqual(says.first);
    expect(Math.abs(Date.parse(says.first.first_seen_at) - Date.now())).toBeLessThan(60_000);
  });

  it("keeps the referrer and the page, and of its query nothing that is not a campaign's", async () => {
    const context = await visitor();

    const page = await come(
      context,
      "https://blog.example.org",
      "https://www.example.com/pricing?email=ada@example.com&token=s3cret&code=c0de&password=x&utm_source=x#ada",
    );

    const { says, value } = await cookie(context);
    expect(says.first.landing_page).toBe(`${stage.at("https://www.example.com/pricing")}?utm_source=x`);
    expect(says.first.referrer).toBe(stage.at("https://blog.example.org/"));
    expect(decodeURIComponent(value)).not.toMatch(/ada|s3cret|c0de|password/);
    expect((await touches(page)).referrer).toBe(stage.at("https://blog.example.org/"));
  });

  it("freezes the first touch and follows the last", async () => {
    const context = await visitor();
    await open(context, "https://www.example.com/?utm_source=twitter");
    await open(context, `https://app.example.com/?${AD}`);
    const page = await open(context, "https://www.example.com/");

    const seen = await touches(page);

    expect(seen).toMatchObject({ utm_source: "twitter", last_touch: { utm_source: "google", gclid: "Cj0K" } });
    expect(seen.gclid).toBeUndefined();
  });

  it("lets a direct first touch give way whole, once", async () => {
    const context = await visitor();
    const page = await open(context, "https://www.example.com/first");
    const direct = await touches(page);
    await go(page, `https://www.example.com/ad?${AD}`);
    await go(page, "https://www.example.com/?utm_source=twitter");

    const seen = await touches(page);

    expect(direct.landing_page).toContain("/first");
    expect(seen).toMatchObject({ utm_source: "google", gclid: "Cj0K" });
    expect(seen.landing_page).toContain("/ad?");
  });

  it("is not one when the page is reloaded or gone back to", async () => {
    const context = await visitor();
    const page = await open(context, `https://www.example.com/ad?${AD}`);
    await go(page, "https://www.example.com/?utm_source=twitter");
    const before = await touches(page);
    await page.reload();
    await ready(page);
    const reloaded = await touches(page);
    await page.goBack();
    await ready(page);

    expect(reloaded.last_touch).toEqual(before.last_touch);
    expect((await touches(page)).last_touch).toEqual(before.last_touch);
  });
});

describe("a page that only hands the visitor back", () => {
  it("is never a touch, whether its link back carries parameters or not", async () => {
    stage.page.attributes = { "data-ignore-referrers": "partner.test, other.test" };
    const context = await visitor();
    const before = await touches(await open(context, "https://www.example.com/"));
    const after: Record<string, unknown> = {};
    for (const host of INTERMEDIARIES)
      for (const query of ["code=1&state=2", AD]) {
        const page = await come(context, host, `https://www.example.com/callback?${query}`);
        after[`${host} ${query}`] = await touches(page);
        await page.close();
      }

    expect(before.referrer).toBeUndefined();
    for (const [from, touches] of Object.entries(after)) expect(touches, from).toEqual(before);
  });

  it("is no referrer of the first page of a visitor either", async () => {
    const page = await come(await visitor(), "https://accounts.google.com", "https://www.example.com/callback?code=1");

    expect((await touches(page)).referrer).toBeUndefined();
  });

  it.each(["https://app.example.com", "https://example.com", "http://www.example.com"])(
    "%s, the site itself, is no referrer",
    async (own) => {
      const page = await come(await visitor(), own, "https://www.example.com/");

      expect((await touches(page)).referrer).toBeUndefined();
    },
  );

  it.each(["https://www.google.com", "https://notexample.com", "https://t.co", "https://paypal.com.example.net"])(
    "but %s is one",
    async (host) => {
      const page = await come(await visitor(), host, "https://www.example.com/");

      expect((await touches(page)).referrer).toBe(stage.at(`${host}/`));
    },
  );
});

describe("navigation inside the page", () => {
  it("is a touch when it carries a campaign of its own, and only then", async () => {
    const context = await visitor();
    const page = await come(context, "https://www.google.com", `https://www.example.com/?${AD}`);
    const landed = await touches(page);
    const seen: unknown[] = [];
    for (const address of ["/about", `/?${AD}`, "/promo?utm_source=banner", "/about"]) {
      await page.evaluate((to) => history.pushState({}, "", to), address);
      seen.push((await touches(page)).last_touch);
    }

    expect(seen.slice(0, 2)).toEqual([landed.last_touch, landed.last_touch]);
    expect(seen[2]).toMatchObject({ utm_source: "banner" });
    expect(seen[3]).toEqual(seen[2]);
    expect((await touches(page)).utm_source).toBe("google");
  });

  it("replaces the address without a new touch, and steps back without one", async () => {
    const page = await open(await visitor(), `https://www.example.com/?${AD}`);
    const landed = await touches(page);
    await page.evaluate(() => history.replaceState({}, "", location.href));
    await page.evaluate(() => history.pushState({}, "", "/promo?utm_source=banner"));
    const promoted = await touches(page);
    await page.evaluate(
      () =>
        new Promise((done) => {
          addEventListener("popstate", done, { once: true });
          history.back();
        }),
    );

    expect(promoted.last_touch.utm_source).toBe("banner");
    expect(promoted.first_seen_at).toBe(landed.first_seen_at);
    expect((await touches(page)).last_touch).toEqual(promoted.last_touch);
  });

  it("reads the fragment when the page routes by it", async () => {
    stage.page.attributes = { "data-hash": "" };
    const page = await open(await visitor(), "https://www.example.com/#/pricing?utm_source=mail&email=ada");
    const landed = await touches(page);
    await page.evaluate(() => {
      location.hash = "#/about?utm_source=banner";
    });

    expect(landed.utm_source).toBe("mail");
    expect(JSON.stringify(landed)).not.toContain("ada");
    expect((await touches(page)).last_touch.utm_source).toBe("banner");
  });

  it("leaves the fragment alone otherwise", async () => {
    const page = await open(await visitor(), "https://www.example.com/#utm_source=mail");

    expect((await touches(page)).utm_source).toBeUndefined();
  });
});
