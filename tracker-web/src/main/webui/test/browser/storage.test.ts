import type { BrowserContext } from "playwright-core";
import { beforeEach, describe, expect, it } from "vitest";
import { cookie, go, open, stage, touches, vibn, visitor, withStage } from "./support/browser";

withStage();

/** Makes the browser refuse what a script asks for, before any page runs. */
const refuse = (context: BrowserContext, ...what: ("cookie" | "localStorage" | "sessionStorage")[]) =>
  context.addInitScript((what) => {
    const insecure = (): never => {
      throw new DOMException("The operation is insecure.", "SecurityError");
    };
    for (const name of what)
      Object.defineProperty(name === "cookie" ? Document.prototype : window, name, {
        configurable: true,
        get: insecure,
        set: insecure,
      });
  }, what);

describe("the cookie", () => {
  it.each([
    ["https://app.example.com", ".example.com"],
    ["https://example.com", ".example.com"],
    ["https://a.b.shop.co.uk", ".shop.co.uk"],
    ["https://me.github.io", ".me.github.io"],
    ["https://deep.me.github.io", ".me.github.io"],
    ["https://team.vercel.app", ".team.vercel.app"],
    ["http://www.example.com", ".example.com"],
  ])("of %s is for %s, and for no public suffix", async (origin, domain) => {
    const context = await visitor();

    await open(context, `${origin}/?utm_source=x`);

    const found = await cookie(context);
    expect(found).toMatchObject({ domain, path: "/", sameSite: "Lax", secure: origin.startsWith("https") });
    expect(found.expires * 1000 - Date.now()).toBeGreaterThan(89 * 86_400_000);
    expect(found.expires * 1000 - Date.now()).toBeLessThan(91 * 86_400_000);
    expect((await context.cookies()).map(({ name }) => name)).toEqual(["vibn_attribution"]);
  });

  it.each(["http://localhost", "http://127.0.0.1", "https://intranet"])(
    "works on %s, which has no wider domain",
    async (origin) => {
      const context = await visitor();
      await open(context, `${origin}/?utm_source=x`);

      const page = await open(context, `${origin}/next`);

      expect((await touches(page)).utm_source).toBe("x");
    },
  );

  it("is seen by every sub-domain and by none of another site", async () => {
    const context = await visitor();
    await open(context, "https://www.example.com/?utm_source=x");

    expect((await touches(await open(context, "https://app.example.com/"))).utm_source).toBe("x");
    expect((await touches(await open(context, "https://www.example.org/"))).utm_source).toBeUndefined();
  });

  it("lasts as long as the operator says", async () => {
    stage.page.attributes = { "data-cookie-days": "30" };
    const context = await visitor();

    await open(context, "https://www.example.com/?utm_source=x");

    const left = (await cookie(context)).expires * 1000 - Date.now();
    expect(left).toBeGreaterThan(29 * 86_400_000);
    expect(left).toBeLessThan(31 * 86_400_000);
  });

  it("stays below 2 KB however long the addresses are", async () => {
    const context = await visitor();
    const long = ["utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content", "gclid", "fbclid"]
      .map((name) => `${name}=${encodeURIComponent("ü".repeat(140))}`)
      .join("&");
    const page = await open(context, `https://www.example.com/${"p".repeat(300)}?${long}`);
    await go(page, `https://www.example.com/${"q".repeat(300)}?${long.replace(/=/g, "=x")}`);

    const { value, says } = await cookie(context);

    expect(`vibn_attribution=${value}`.length).toBeLessThanOrEqual(2048);
    expect(says.first.utm_source).toMatch(/^ü+$/);
    expect(says.last.utm_source).toMatch(/^xü+$/);
    expect((await touches(page)).gclid).toMatch(/^ü+$/);
  });

  it.each(["%", "nonsense", "%7B%22first%22%3A7%7D", "x".repeat(3900)])(
    "is written anew over foreign content (%#)",
    async (value) => {
      const context = await visitor();
      await context.addCookies([{ name: "vibn_attribution", value, domain: ".example.com", path: "/" }]);

      const page = await open(context, "https://www.example.com/?utm_source=x");

      expect((await touches(page)).utm_source).toBe("x");
      expect((await cookie(context)).says.first.utm_source).toBe("x");
    },
  );

  it("does not lose the first touch to a second tab that was there before it", async () => {
    const context = await visitor();
    const early = await open(context, "https://www.example.com/");
    const other = await open(context, "https://app.example.com/?utm_source=first");
    await early.evaluate(() => history.pushState({}, "", "/?utm_source=second"));

    const seen = await touches(early);

    expect(seen).toMatchObject({ utm_source: "first", last_touch: { utm_source: "second" } });
    expect(await touches(other)).toEqual(seen);
  });

  it("keeps one whole first touch of two tabs that land at once", async () => {
    const context = await visitor();

    const pages = await Promise.all(
      ["one", "two"].map((name) =>
        open(context, `https://${name}.example.com/?utm_source=${name}&utm_campaign=${name}`),
      ),
    );

    const [one, two] = await Promise.all(pages.map(touches));
    expect(one).toEqual(two);
    expect(one.utm_campaign).toBe(one.utm_source);
    expect((await cookie(context)).domain).toBe(".example.com");
  });
});

describe("a browser that refuses", () => {
  it.each([
    [["cookie"], true],
    [["cookie", "localStorage"], true],
    [["localStorage", "sessionStorage"], true],
    [["cookie", "localStorage", "sessionStorage"], false],
  ] as const)("%s: the touch is there, and the next page has it: %s", async (what, lasting) => {
    const context = await visitor();
    await refuse(context, ...what);
    const page = await open(context, "https://www.example.com/?utm_source=x");
    const landed = await touches(page);
    await go(page, "https://www.example.com/next");
    const next = await touches(page);
    await vibn(page, "signup", { userId: "ada", signature: "s" });

    expect(landed.utm_source).toBe("x");
    expect(next.utm_source).toBe(lasting ? "x" : undefined);
    expect(stage.told("/v1/attributions")).toMatchObject([{ user_id: "ada", ...(lasting && { utm_source: "x" }) }]);
  });
});

describe("a cookie that the server sets again", () => {
  beforeEach(() => {
    stage.page.attributes = { "data-use": "touch", "data-touch-url": stage.at("https://www.example.com/v1/touch") };
  });

  it("is what the script wrote, for longer", async () => {
    const context = await visitor();

    await open(context, "https://www.example.com/?utm_source=x&utm_campaign=y");

    const { says } = await cookie(context);
    await expect.poll(() => stage.told("/v1/touch").length).toBeGreaterThan(0);
    expect(stage.told("/v1/touch").at(-1)).toEqual(says);
    await expect
      .poll(async () => (await context.cookies()).map(({ name, domain }) => `${name} ${domain}`))
      .toEqual(["vibn_attribution .example.com"]);
  });

  it("is not asked for before consent", async () => {
    stage.page.attributes = { ...stage.page.attributes, "data-consent": "required" };
    const page = await open(await visitor(), "https://www.example.com/?utm_source=x");
    await vibn(page, "identify", { userId: "ada" });
    const before = stage.told("/v1/touch").length;
    await vibn(page, "consent", "granted");

    await expect.poll(() => stage.told("/v1/touch").length).toBeGreaterThan(0);
    expect(before).toBe(0);
  });
});
