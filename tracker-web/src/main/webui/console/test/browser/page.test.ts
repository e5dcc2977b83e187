import { createHash } from "node:crypto";
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { eventually, host, openConsole, tab, withHost } from "./support/browser";
import { problem } from "./support/ConsoleHost";
import { attribution, USER } from "./support/fixtures";

withHost();

const KEY = "rk_the-pasted-key";

async function signInByKey(page: Page): Promise<void> {
  await page.fill("input[type=password]", KEY);
  await page.keyboard.press("Enter");
}

/** Mints tokens for whoever has the key. */
function minting(): void {
  host.routes["/v1/read-tokens"] = ({ headers, body }) =>
    headers.authorization === `Bearer ${KEY}`
      ? { status: 201, body: { token: `minted-${Buffer.from(body).toString("hex")}` } }
      : problem(401, "This key is unknown.");
}

describe("signing in with a read key", () => {
  it("shows what was asked for, with tokens that read only that", async () => {
    minting();
    const page = await tab();
    await openConsole(page, `#/users/${USER}`);

    await signInByKey(page);

    await page.waitForSelector(".block");
    const minted = Buffer.from(JSON.stringify({ user_id: USER })).toString("hex");
    for (const { path, headers } of host.calls)
      if (path !== "/v1/read-tokens") expect(headers.authorization, path).toBe(`Bearer minted-${minted}`);
  });

  it("leaves the key in no storage, address, document or history", async () => {
    minting();
    const page = await tab();
    await openConsole(page);
    await signInByKey(page);
    await page.waitForSelector("canvas");

    const left = await page.evaluate(async () =>
      JSON.stringify([
        { ...localStorage },
        { ...sessionStorage },
        document.cookie,
        location.href,
        history.state,
        await indexedDB.databases(),
        document.documentElement.outerHTML,
      ]),
    );
    expect(left).not.toContain(KEY);
    for (const { path, query, body } of host.calls) expect(path + query + body).not.toContain(KEY);
    await page.reload();
    await page.waitForSelector("input[type=password]");
  });

  it("works where the service makes no tokens", async () => {
    const page = await tab();
    await openConsole(page, `#/users/${USER}`);

    await signInByKey(page);

    await page.waitForSelector(".block");
    expect(host.told(`/v1/attributions/${USER}`)[0]?.headers.authorization).toBe(`Bearer ${KEY}`);
  });

  it("says what the service says of a wrong one", async () => {
    minting();
    const page = await tab();
    await openConsole(page);
    await page.fill("input[type=password]", "nonsense");
    await page.keyboard.press("Enter");

    await page.waitForSelector(".problem:has-text('This key is unknown.')");
  });

  it("ends with signing out", async () => {
    minting();
    const page = await tab();
    await openConsole(page, "#/funnel");
    await signInByKey(page);
    await page.waitForSelector(".step");

    await page.click("text=Sign out");

    await page.waitForSelector("input[type=password]");
    expect(await page.locator("vibn-site-funnel").count()).toBe(0);
  });
});

describe("signing in with a provider", () => {
  /** Authorization code with PKCE, as a provider checks it. */
  function provider(): { challenge: string } {
    const seen = { challenge: "" };
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
    host.routes["/login/.well-known/openid-configuration"] = () => ({
      body: {
        issuer: `${host.apiOrigin}/login`,
        authorization_endpoint: `${host.apiOrigin}/login/authorize`,
        token_endpoint: `${host.apiOrigin}/login/token`,
      },
    });
    host.routes["/login/authorize"] = ({ query }) => {
      seen.challenge = query.get("code_challenge") ?? "";
      const back = `${query.get("redirect_uri")}?code=the-code&state=${query.get("state")}`;
      return { status: 302, headers: { Location: back }, body: "" };
    };
    host.routes["/login/token"] = ({ body }) => {
      const form = new URLSearchParams(body);
      const challenge = createHash("sha256")
        .update(form.get("code_verifier") ?? "")
        .digest("base64url");
      if (form.get("code") !== "the-code" || challenge !== seen.challenge || form.has("client_secret"))
        return { status: 400, body: { error: "invalid_grant" } };
      const now = Date.parse("2026-11-25T10:00:00Z") / 1000;
      const id = { iss: `${host.apiOrigin}/login`, aud: "console", sub: "grace", iat: now, exp: now + 600 };
      return {
        body: {
          access_token: KEY,
          token_type: "Bearer",
          expires_in: 600,
          id_token: `${part({ alg: "RS256" })}.${part(id)}.x`,
          scope: "openid",
        },
      };
    };
    return seen;
  }
  const oidc = () => ({ oidcAuthority: `${host.apiOrigin}/login`, oidcClientId: "console", oidcScope: "openid" });

  it("comes back to the view that was asked for, with PKCE and without a trace of the code", async () => {
    minting();
    const seen = provider();
    const page = await tab();
    await openConsole(page, `#/users/${USER}`, oidc());

    await page.click("text=Sign in with your organisation");

    await page.waitForSelector(".block");
    expect(seen.challenge).not.toBe("");
    expect(page.url()).toBe(`${host.origin}/console/#/users/${USER}`);
    const left = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, location.href]));
    expect(left).not.toContain(KEY);
    expect(left).not.toContain("the-code");
  });

  it("lists a campaign's users with the person's own token", async () => {
    minting();
    provider();
    const page = await tab();
    await openConsole(page, "#/acquisition?by=utm_content&utm_campaign=brand", oidc());

    await page.click("text=Sign in with your organisation");

    await page.waitForSelector(".users tbody a");
    expect(host.told("/v1/attributions")[0]?.headers.authorization).toBe(`Bearer ${KEY}`);
  });

  it("does not load the provider's library where there is none", async () => {
    const page = await tab();
    const loaded: string[] = [];
    page.on("request", (request) => loaded.push(request.url()));
    await openConsole(page);
    await page.waitForSelector("input[type=password]");

    expect(loaded.filter((url) => url.includes("oidc"))).toEqual([]);
  });
});

describe("getting around", () => {
  async function signedIn(hash = ""): Promise<Page> {
    host.routes["/token"] = () => ({ body: { token: "read-token" } });
    const page = await tab();
    await openConsole(page, hash, { tokenUrl: `${host.apiOrigin}/token` });
    return page;
  }

  it("opens a user by id, whatever is in it", async () => {
    const id = "a/b c?d#é";
    host.routes[`/v1/attributions/${encodeURIComponent(id)}`] = () => ({ body: { ...attribution(), user_id: id } });
    const page = await signedIn();

    await page.fill("input[type=search]", id);
    await page.keyboard.press("Enter");

    await page.waitForSelector(".lead:has-text('Google Ads')");
    expect(await page.title()).toContain(id);
    await page.goBack();
    await page.waitForSelector("canvas");
  });

  it("goes from a campaign's users to one's profile and back", async () => {
    const page = await signedIn("#/acquisition?by=utm_content&utm_campaign=brand");

    await page.click(".users tbody a");

    await page.waitForSelector(".block");
    await page.goBack();
    await page.waitForSelector(".users tbody a");
  });

  it("keeps the view in the address, for a link", async () => {
    const page = await signedIn();
    await page.click("text=Last touch");
    await eventually(
      () => page.url(),
      (url) => url.endsWith("#/acquisition?touch=last"),
    );

    await page.reload();

    await page.waitForSelector("button[aria-pressed=true]:has-text('Last touch')");
    expect(host.told("/v1/reports/acquisition").at(-1)?.query.get("touch")).toBe("last");
  });

  it("asks nobody to sign in where the host's server makes tokens", async () => {
    const page = await signedIn("#/funnel");

    await page.waitForSelector(".step");
    expect(host.told("/token").map(({ body }) => body)).toEqual(['{"reports":true}']);
  });
});
