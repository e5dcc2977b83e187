import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { cookie, go, open, quiet, ready, stage, stored, vibn, visitor, withStage } from "./support/browser";

withStage();

const ADA = { userId: "ada", signature: "signed", email: "ada@example.com", plan: "pro" };
const links = () => stage.told("/v1/identity-links");
/** Kinds and sessions of the links, once whatever the page has sent before has arrived. */
async function kinds(page: Page): Promise<string[]> {
  await quiet(page);
  return links().map(({ kind, session_id }) => `${kind} ${session_id}`);
}

describe("before anybody is known", () => {
  it("nothing is said about who it is, and the session is known without a request and without storing it", async () => {
    const context = await visitor();
    const page = await open(context, "https://www.example.com/?utm_source=x");

    await expect.poll(async () => (await stored(page)).umami?.session_id).toBe("anonymous-session");
    expect(stage.umami("identify")).toEqual([]);
    expect(stage.umami("event")).toHaveLength(1);
    expect(stage.umami("event")[0].id).toBeUndefined();
    const keys = await page.evaluate(() => [...Object.keys(localStorage), ...Object.keys(sessionStorage)]);
    expect(JSON.stringify([keys, await cookie(context)])).not.toContain("anonymous-session");
  });

  it("an Umami that does not tell its session to scripts is asked, without writing anything", async () => {
    stage.tellsSession = false;
    const page = await open(await visitor(), "https://www.example.com/");

    await expect.poll(async () => (await stored(page)).umami?.session_id).toBe("anonymous-session");
    expect(stage.umami("identify").map(({ id, data }) => ({ id, data }))).toEqual([{}]);
  });
});

describe("identify", () => {
  it("links the session from before and the user's own, and says the user id to Umami, no more", async () => {
    const page = await open(await visitor(), "https://www.example.com/?utm_source=x");
    const { first_seen_at } = await stored(page);

    await vibn(page, "identify", ADA);

    expect((await kinds(page)).sort()).toEqual(["before_login anonymous-session", "identified session-of-ada"]);
    for (const link of links())
      expect(link).toMatchObject({ user_id: "ada", website_id: "website-1", signature: "signed", from: first_seen_at });
    expect(stage.umami("identify").at(-1)).toMatchObject({ id: "ada", data: { userId: "ada" } });
    expect(JSON.stringify(stage.heard)).not.toMatch(/ada@example|"pro"/);
  });

  it("says the traits that the operator names, and the token of the application", async () => {
    stage.page.attributes = { "data-traits": "plan, age" };
    const page = await open(await visitor(), "https://www.example.com/");

    await vibn(page, "identify", { userId: 42, token: "jwt", plan: "pro", email: "x" });

    expect(stage.umami("identify").at(-1)).toMatchObject({ id: "42", data: { userId: "42", plan: "pro" } });
    expect(JSON.stringify(stage.umami("identify").at(-1))).not.toContain("email");
    await expect.poll(() => links()[0]).toMatchObject({ user_id: "42", token: "jwt" });
  });

  it("is carried by the first page view of every later page, and links nothing twice", async () => {
    const page = await open(await visitor(), "https://www.example.com/");
    await vibn(page, "identify", ADA);
    const before = (await kinds(page)).length;
    for (const path of ["one", "two"]) {
      await go(page, `https://www.example.com/${path}`);
      await Promise.all([vibn(page, "identify", ADA), vibn(page, "identify", ADA)]);
    }

    const later = stage.umami("event").filter(({ url }) => /one|two/.test(url));
    expect(later.map(({ id }) => id)).toEqual(["ada", "ada"]);
    expect(await kinds(page)).toHaveLength(before);
  });

  it("twice at once links once", async () => {
    const page = await open(await visitor(), "https://www.example.com/");

    await page.evaluate((user) => {
      const { vibn } = window as unknown as { vibn: { identify(user: object): Promise<void> } };
      return Promise.all([vibn.identify(user), vibn.identify(user), vibn.identify(user)]);
    }, ADA);

    expect((await kinds(page)).sort()).toEqual(["before_login anonymous-session", "identified session-of-ada"]);
  });

  it("links again when the session has changed: the salt turned, or the address", async () => {
    const page = await open(await visitor(), "https://www.example.com/");
    await vibn(page, "identify", ADA);
    const before = (await kinds(page)).length;
    stage.session = ({ id }) => (id ? "next-session-of-ada" : "next-anonymous-session");
    for (const path of ["one", "two"]) {
      await go(page, `https://www.example.com/${path}`);
      await vibn(page, "identify", ADA);
    }

    expect((await kinds(page)).slice(before)).toEqual(["identified next-session-of-ada"]);
  });

  it("claims the session from the login on where Umami stays in it", async () => {
    stage.session = () => "one-session";
    const page = await open(await visitor(), "https://www.example.com/");

    await vibn(page, "identify", ADA);

    expect(await kinds(page)).toEqual(["session one-session"]);
  });

  it("in session mode carries no id and claims the session", async () => {
    stage.page.attributes = { "data-identify": "session" };
    const page = await open(await visitor(), "https://www.example.com/");
    await vibn(page, "identify", ADA);
    await go(page, "https://www.example.com/next");
    await vibn(page, "identify", ADA);

    expect(await kinds(page)).toEqual(["session anonymous-session"]);
    expect(stage.umami("event").map(({ id }) => id)).toEqual([undefined, undefined]);
    expect(stage.umami("identify").at(-1)).toMatchObject({ data: { userId: "ada" } });
  });

  it("without proof links nothing, and links once it has one", async () => {
    const page = await open(await visitor(), "https://www.example.com/");
    await vibn(page, "identify", { userId: "ada" });
    const without = await kinds(page);
    await vibn(page, "identify", ADA);

    expect(without).toEqual([]);
    expect(await kinds(page)).toEqual(["identified session-of-ada"]);
  });

  it("gives Umami the digest of an id that is too long for it", async () => {
    const page = await open(await visitor(), "https://www.example.com/");
    const userId = `user-${"x".repeat(60)}`;

    await vibn(page, "identify", { userId, signature: "s" });

    const { id, data } = stage.umami("identify").at(-1);
    expect(id).toMatch(/^[0-9a-f]{50}$/);
    expect(data.userId).toBe(userId);
  });

  it("of somebody else on the same device is theirs alone", async () => {
    const page = await open(await visitor(), "https://www.example.com/");
    await vibn(page, "identify", ADA);
    await vibn(page, "identify", { userId: "bob", signature: "s" });
    await vibn(page, "track", "clicked");

    await expect.poll(() => stage.umami("event").at(-1)).toMatchObject({ name: "clicked", id: "bob" });
    expect(await kinds(page)).toContain("identified session-of-bob");
  });
});

describe("reset", () => {
  it("goes back to anonymous, in this page and in the next", async () => {
    const page = await open(await visitor(), "https://www.example.com/?utm_source=x");
    await vibn(page, "identify", ADA);
    await vibn(page, "reset");
    await vibn(page, "track", "after");
    await expect.poll(() => stage.umami("event").some(({ name }) => name === "after")).toBe(true);
    await go(page, "https://www.example.com/next");

    const after = stage.umami("event").filter(({ name, url }) => name === "after" || url.includes("next"));
    expect(after.map(({ id }) => id)).toEqual([undefined, undefined]);
    expect((await stored(page)).utm_source).toBeUndefined();
  });

  it("lets the next login of the same user link again", async () => {
    const page = await open(await visitor(), "https://www.example.com/");
    await vibn(page, "identify", ADA);
    const once = (await kinds(page)).length;
    await vibn(page, "reset");
    await vibn(page, "identify", ADA);

    expect(await kinds(page)).toHaveLength(2 * once);
  });
});

describe("signup", () => {
  it("sends the touch with the session, and the next person on the device starts clean", async () => {
    const page = await open(await visitor(), "https://www.example.com/?utm_source=x&gclid=1");
    const { first_seen_at } = await stored(page);
    const answer = await vibn(page, "signup", ADA);
    await vibn(page, "reset");
    await vibn(page, "signup", { userId: "bob", signature: "s" });

    const [ada, bob] = stage.told("/v1/attributions");
    expect(answer).toEqual({ created: true });
    expect(ada).toMatchObject({
      user_id: "ada",
      signature: "signed",
      utm_source: "x",
      gclid: "1",
      first_seen_at,
      umami: { website_id: "website-1", session_id: "anonymous-session", visit_id: "visit-1" },
    });
    expect(bob.user_id).toBe("bob");
    expect(bob.utm_source).toBeUndefined();
    expect(JSON.stringify(ada)).not.toContain("email");
    // The link of the session before is part of the signup.
    expect(await kinds(page)).toEqual(["identified session-of-ada", "identified session-of-bob"]);
    const [, ofBob] = links();
    expect(Date.parse(ofBob.from)).toBeGreaterThan(Date.parse(first_seen_at));
  });

  it("leaves the touch where the operator wants it", async () => {
    stage.page.attributes = { "data-keep-touch": "" };
    const page = await open(await visitor(), "https://www.example.com/?utm_source=x");

    await vibn(page, "signup", ADA);

    expect((await stored(page)).utm_source).toBe("x");
  });
});

describe("the operator's own before-send function", () => {
  const hook = (body: string) => `<script>window.mine = (type, payload) => { ${body} };</script>`;

  it("sees and changes every payload, and the id is added to what it answers", async () => {
    stage.page = {
      ...stage.page,
      attributes: { "data-before-send": "mine" },
      head: hook("return { ...payload, tag: type };"),
    };
    const page = await open(await visitor(), "https://www.example.com/");
    await vibn(page, "identify", ADA);
    await go(page, "https://www.example.com/next");

    await expect.poll(() => stage.umami("event").at(-1)).toMatchObject({ tag: "event", id: "ada" });
  });

  it("keeps a payload back with false", async () => {
    stage.page = {
      ...stage.page,
      attributes: { "data-before-send": "mine" },
      head: hook("return payload.name ? payload : false;"),
    };
    const page = await open(await visitor(), "https://www.example.com/");
    await vibn(page, "track", "clicked");

    await expect.poll(() => stage.umami("event").map(({ name }) => name)).toEqual(["clicked"]);
  });

  it("may be defined after the tracker has started, and may answer later", async () => {
    stage.page.attributes = { "data-before-send": "mine" };
    const page = await open(await visitor(), "https://www.example.com/");
    await vibn(page, "identify", ADA);
    await page.evaluate(() => {
      (window as unknown as Record<string, unknown>).mine = (_: string, payload: object) => ({
        ...payload,
        tag: "late",
      });
    });
    await vibn(page, "track", "clicked");

    await expect.poll(() => stage.umami("event").at(-1)).toMatchObject({ name: "clicked", tag: "late", id: "ada" });
    expect(
      await page.evaluate(async () => {
        const page = window as unknown as Record<string, (type: string, payload: object) => unknown>;
        page.mine = async (_, payload) => ({ ...payload, tag: "later" });
        return page.vibnBeforeSend?.("event", {});
      }),
    ).toEqual({ tag: "later", id: "ada" });
  });
});

describe("Umami's own attributes", () => {
  it("are passed on", async () => {
    stage.page.attributes = { "data-umami-tag": "beta", "data-umami-exclude-search": "true" };
    const page = await open(await visitor(), "https://www.example.com/?utm_source=x");
    await ready(page);

    await expect.poll(() => stage.umami("event")[0]).toMatchObject({ tag: "beta" });
    expect(stage.umami("event")[0].url).not.toContain("utm_source");
  });
});
