import type { BrowserContext, Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { cookie, expectComplaints, go, open, ready, stage, stored, vibn, visitor, withStage } from "./support/browser";

withStage();

const ADA = { userId: "ada", signature: "signed" };
const outbox = (page: Page) =>
  page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith("vibn_outbox_")).length);
/** Makes what is in the outbox old enough for another page to take it up. */
const age = (page: Page) =>
  page.evaluate(() => {
    for (const key of Object.keys(localStorage).filter((each) => each.startsWith("vibn_outbox_"))) {
      const [, , time, rest] = key.split("_");
      localStorage.setItem(`vibn_outbox_${Number(time) - 6000}_${rest}`, localStorage.getItem(key) as string);
      localStorage.removeItem(key);
    }
  });

describe("calls before the script is there", () => {
  const STUB = `<script>
    window.vibn = window.vibn || { q: [] };
    for (const name of ["identify", "signup", "track", "consent", "reset"])
      vibn[name] = vibn[name] || ((...args) => new Promise((done) => vibn.q.push([name, args, done])));
  </script>`;

  it("are made when it is, in order, and answer", async () => {
    stage.page.head = `${STUB}<script>
      const { track } = vibn; window.early = track;
      window.answer = vibn.signup(${JSON.stringify(ADA)});
      vibn.track("early");
    </script>`;
    const page = await open(await visitor(), "https://www.example.com/?utm_source=x");

    expect(await page.evaluate(() => (window as unknown as { answer: unknown }).answer)).toEqual({ created: true });
    expect(stage.told("/v1/attributions")).toMatchObject([{ user_id: "ada", utm_source: "x" }]);
    await expect.poll(() => stage.umami("event").map(({ name }) => name)).toContain("early");
  });

  it("through the functions of the queue still work afterwards", async () => {
    stage.page.head = `${STUB}<script>window.early = vibn; window.track = vibn.track;</script>`;
    const page = await open(await visitor(), "https://www.example.com/");
    await page.evaluate(() => {
      (window as unknown as { early: { q: unknown[][] } }).early.q.push(["track", ["late"]]);
    });

    await expect.poll(() => stage.umami("event").map(({ name }) => name)).toContain("late");
  });
});

describe("a signup that cannot be delivered", () => {
  it("is sent again by this page until it is acknowledged", async () => {
    stage.failures["/v1/attributions"] = [503, 429, 0];
    const page = await open(await visitor(), "https://www.example.com/?utm_source=x");
    await vibn(page, "signup", ADA);
    const kept = await outbox(page);

    await expect.poll(() => stage.told("/v1/attributions").length).toBe(1);
    await expect.poll(() => outbox(page)).toBe(0);
    expect(kept).toBeGreaterThan(0);
    expect(stage.told("/v1/attributions")).toMatchObject([{ user_id: "ada", utm_source: "x" }]);
  });

  it("is taken up by the next page, once, however many tabs there are", async () => {
    stage.failures["/v1/attributions"] = [503];
    const context = await visitor();
    const page = await open(context, "https://www.example.com/?utm_source=x");
    await vibn(page, "signup", ADA);
    await page.goto("about:blank");
    stage.page.attributes = { src: "data:text/javascript," };
    const blank = await context.newPage();
    await blank.goto(stage.at("https://www.example.com/blank"));
    await age(blank);
    stage.page.attributes = {};
    await Promise.all([1, 2, 3].map((tab) => open(context, `https://www.example.com/tab-${tab}`)));

    await expect.poll(() => outbox(blank)).toBe(0);
    expect(stage.told("/v1/attributions")).toMatchObject([{ user_id: "ada", utm_source: "x" }]);
  });

  it("is given up when it is refused for good, and says so only when asked to debug", async () => {
    stage.page.attributes = { "data-use": "debug" };
    stage.failures["/v1/attributions"] = [403];
    const page = await open(await visitor(), "https://www.example.com/?utm_source=x");
    const said: string[] = [];
    page.on("console", (message) => said.push(message.text()));
    const answer = await vibn(page, "signup", ADA);
    const quiet = await open(await visitor(), "https://www.example.com/");
    stage.failures["/v1/attributions"] = [403];
    stage.page.attributes = {};
    await quiet.reload();
    await ready(quiet);
    quiet.on(
      "console",
      (message) => !message.text().startsWith("Failed to load") && said.push(`quiet: ${message.text()}`),
    );
    await vibn(quiet, "signup", ADA);

    expect(answer).toBeUndefined();
    expect(await outbox(page)).toBe(0);
    expect(said.filter((text) => text.startsWith("[vibn]"))).toEqual(["[vibn] /v1/attributions was answered with 403"]);
    expect(said.filter((text) => text.startsWith("quiet"))).toEqual([]);
  });

  it("does not hold anything that is not a letter, nor for ever", async () => {
    const context = await visitor();
    const page = await open(context, "https://www.example.com/");
    await page.evaluate(() => {
      localStorage.setItem("vibn_outbox_1_0.1", '{"path":"/v1/attributions","body":{"user_id":"old"}}');
      localStorage.setItem("vibn_outbox_x", "{");
      localStorage.setItem(`vibn_outbox_${Date.now() - 9000}_0.2`, '"text"');
    });
    await page.reload();
    await ready(page);

    await expect.poll(() => outbox(page)).toBe(0);
    expect(stage.told("/v1/attributions")).toEqual([]);
  });
});

describe("a page that goes at once", () => {
  it("after the call: the signup arrives with the touch", async () => {
    const context = await visitor();
    const page = await open(context, "https://www.example.com/?utm_source=x");
    await page.evaluate((user) => {
      (window as unknown as { vibn: { signup(user: object): void } }).vibn.signup(user);
      location.href = "/welcome";
    }, ADA);
    await page.waitForURL("**/welcome");

    await expect.poll(() => stage.told("/v1/attributions").length).toBeGreaterThan(0);
    for (const body of stage.told("/v1/attributions")) expect(body).toMatchObject({ user_id: "ada", utm_source: "x" });
    await expect.poll(() => outbox(page)).toBe(0);
  });

  it("while Umami is still awaited: the signup leaves with the page, even where nothing may be stored", async () => {
    stage.page.attributes = { "data-consent": "required" };
    const page = await open(await visitor(), "https://www.example.com/?utm_source=x");
    await vibn(page, "identify", { userId: "somebody" });
    stage.failures["/api/send"] = Array(50).fill(-1);
    await page.evaluate((user) => {
      (window as unknown as { vibn: { signup(user: object): void } }).vibn.signup(user);
    }, ADA);
    await page.goto(stage.at("https://www.example.org/elsewhere"));

    // Once as the page goes, and perhaps again when the browser ends what it waited for: the second changes nothing there.
    await expect.poll(() => stage.told("/v1/attributions").length).toBeGreaterThan(0);
    for (const body of stage.told("/v1/attributions")) expect(body).toMatchObject({ user_id: "ada", utm_source: "x" });
  });
});

describe("a browser that blocks Umami", () => {
  it("still signs up with its touch", async () => {
    const context = await visitor();
    await context.route(/umami\.test/, (route) => route.abort());
    const page = await open(context, "https://www.example.com/?utm_source=x");

    await vibn(page, "signup", ADA);
    await vibn(page, "track", "nothing");

    expect(stage.told("/v1/attributions")).toMatchObject([{ user_id: "ada", utm_source: "x" }]);
    expect(stage.told("/v1/identity-links")).toEqual([]);
  });
});

describe("a site with a strict content security policy", () => {
  const policy = (script: string, more = "") =>
    `default-src 'none'; script-src ${script}; connect-src https://umami.test https://attribution.test; img-src data:; ${more}`;
  const wholeJourney = async (context: BrowserContext) => {
    const page = await open(context, "https://www.example.com/?utm_source=x");
    await vibn(page, "signup", ADA);
    expect(stage.told("/v1/attributions")).toMatchObject([{ user_id: "ada", utm_source: "x", umami: {} }]);
    expect(stage.umami("event")).not.toEqual([]);
  };

  it("that names the hosts", async () => {
    stage.page.headers = { "Content-Security-Policy": policy("https://tracker.test https://umami.test") };

    await wholeJourney(await visitor());
  });

  it("that goes by a nonce alone", async () => {
    stage.page.headers = { "Content-Security-Policy": policy("'nonce-abc'") };
    stage.page.attributes = { nonce: "abc" };

    await wholeJourney(await visitor());
  });

  it("that requires Trusted Types", async () => {
    stage.page.headers = {
      "Content-Security-Policy": policy(
        "'nonce-abc' 'strict-dynamic'",
        "require-trusted-types-for 'script'; trusted-types vibn",
      ),
    };
    stage.page.attributes = { nonce: "abc" };

    await wholeJourney(await visitor());
  });

  it("that forbids the tracker's Trusted Types: the page says so, and the tracker goes on without Umami", async () => {
    stage.page.headers = {
      "Content-Security-Policy": policy("'nonce-abc'", "require-trusted-types-for 'script'; trusted-types other"),
    };
    stage.page.attributes = { nonce: "abc" };
    const page = await open(await visitor(), "https://www.example.com/?utm_source=x");

    expect((await stored(page)).utm_source).toBe("x");
    expectComplaints(/Trusted|trusted/);
  });
});

describe("a pinned version", () => {
  it("loads no other file than the one that it was built with", async () => {
    stage.tamper = (name, text) => (name.startsWith("more") ? `${text}\nwindow.tampered = true;` : text);
    const page = await open(await visitor(), "https://www.example.com/?utm_source=x");

    expect(await vibn(page, "signup", ADA)).toBeUndefined();

    expect(await page.evaluate(() => (window as unknown as { tampered?: boolean }).tampered)).toBeUndefined();
    // Nothing is lost: the next page that gets the right file sends it.
    expect(await outbox(page)).toBe(1);
    expectComplaints(/integrity/);
  });
});

describe("a host page with habits", () => {
  it("that freezes its globals", async () => {
    stage.page.head = `<script>
      for (const each of [Object, Array, Function, String, Promise, Map, Set, RegExp, JSON, Math])
        { Object.freeze(each); Object.freeze(each.prototype); }
      Object.freeze(history); Object.freeze(navigator); Object.freeze(History.prototype);
    </script>`;
    const page = await open(await visitor(), "https://www.example.com/?utm_source=x");
    await page.evaluate(() => history.pushState({}, "", "/?utm_source=banner"));
    const seen = await stored(page);

    await vibn(page, "signup", ADA);

    expect(seen.last_touch.utm_source).toBe("banner");
    expect(stage.told("/v1/attributions")).toMatchObject([{ user_id: "ada", utm_source: "x" }]);
  });

  it.each([
    [
      "wraps fetch with callbacks",
      "const f = fetch; window.fetch = (url, init) => { const p = f(url, init); p.then(() => {}, () => {}); return p; };",
    ],
    [
      "counts fetches in a patch that knows no keepalive",
      "const f = fetch; window.fetch = function (u, o) { window.n = (window.n || 0) + 1; const { keepalive, ...rest } = o || {}; return f.call(window, u, rest); };",
    ],
  ])("that %s", async (_, script) => {
    stage.page.head = `<script>${script}</script>`;
    const page = await open(await visitor(), "https://www.example.com/?utm_source=x");

    await vibn(page, "signup", ADA);

    expect(stage.told("/v1/attributions")).toMatchObject([{ user_id: "ada", utm_source: "x" }]);
  });

  it("that breaks fetch altogether", async () => {
    stage.page.head = `<script>window.fetch = () => { throw new Error("no fetch"); };</script>`;
    const context = await visitor();
    const page = await open(context, "https://www.example.com/?utm_source=x");

    await vibn(page, "signup", ADA);
    await vibn(page, "identify", ADA);

    expect((await cookie(context)).says.since).toBeDefined();
    expect(await outbox(page)).toBeGreaterThan(0);
  });

  it("that includes the tracker twice", async () => {
    stage.page.body = stage.tag("https", {});
    const page = await open(await visitor(), "https://www.example.com/?utm_source=x");
    await page.waitForLoadState("networkidle");
    await go(page, "https://www.example.com/next");

    await expect.poll(() => stage.umami("event").length).toBe(2);
  });

  it("that calls the tracker with nonsense", async () => {
    const page = await open(await visitor(), "https://www.example.com/");

    for (const name of ["identify", "signup", "track", "consent", "reset"]) await vibn(page, name);

    expect(await stored(page)).toBeDefined();
  });
});
