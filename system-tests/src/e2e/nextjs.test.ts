import type { Page, Request, Route } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { useBrowser, visitor } from "./support/browser";
import { NextApp } from "./support/nextApp";
import { type Json, value } from "./support/stack";

useBrowser();

let app: NextApp;
beforeAll(async () => {
  app = await NextApp.start();
}, 600_000);
afterAll(() => app?.stop());

/** The original's snippets name an Umami and a website of their own; both lead to this stack's. */
async function umamiOf(page: Page): Promise<Json[]> {
  const sent: Json[] = [];
  await page.route("https://analytics.vibnai.com/**", async (route: Route) => {
    const request = route.request();
    const body = request.postData();
    if (body) sent.push(JSON.parse(body));
    const url = request.url().replace("https://analytics.vibnai.com", value("UMAMI_URL"));
    const postData = body?.replace("your-umami-website-uuid", value("UMAMI_WEBSITE_ID"));
    // A test that has seen enough closes the page while a call is on its way.
    const response = await route.fetch({ url, ...(postData && { postData }) }).catch(() => undefined);
    if (response) await route.fulfill({ response }).catch(() => undefined);
  });
  return sent;
}

const seen = (sent: Json[], what: (message: Json) => boolean) =>
  expect.poll(() => sent.some(what), { timeout: 20_000 });

describe.each([
  ["app router", "/", "/auth/callback"],
  ["pages router", "/pages-router", "/pages-router/callback"],
])("the original's snippets in a Next.js application, %s", (_, landing, callback) => {
  const query = "?utm_source=google&utm_medium=cpc&utm_campaign=launch";

  /** Lands, goes to the signup page as a Next.js link does, and completes it; answers what was posted and heard. */
  async function journey() {
    const page = await visitor();
    const sent = await umamiOf(page);
    await page.goto(`${app.url}${landing}${query}`);
    await seen(sent, ({ type, payload }) => type === "event" && payload.url.includes("utm_source=google")).toBe(true);
    await page.click("#signup");
    await page.waitForURL(`**${callback}`);
    const registration = page.waitForRequest("**/api/auth/register");
    await page.click("button");
    const { body } = await posted(await registration);
    return { page, sent, body };
  }

  const posted = async (request: Request) => ({
    body: request.postDataJSON() as Json,
    answer: await request.response(),
  });

  it("send the touch of the landing with the registration", async () => {
    const { body } = await journey();

    expect(body).toMatchObject({
      google_token: "google-token",
      utm_source: "google",
      utm_medium: "cpc",
      utm_campaign: "launch",
      landing_page: expect.stringContaining("utm_source=google"),
      first_seen_at: expect.stringMatching(/^20\d\d-/),
    });
  });

  it("tell Umami the user's id, and neither email nor name", async () => {
    const { sent } = await journey();

    await seen(
      sent,
      ({ type, payload }) => type === "identify" && payload.data?.userId === "user-of-google-token",
    ).toBe(true);
    expect(JSON.stringify(sent)).not.toMatch(/ada@example\.com|"Ada"/);
  });

  it("record the conversion in Umami, as that user's", async () => {
    const { sent } = await journey();

    await seen(sent, ({ payload }) => payload.name === "user_completed_signup").toBe(true);
    const conversion = sent.find(({ payload }) => payload.name === "user_completed_signup");
    expect(conversion.payload.data).toEqual({ plan: "pro" });
  });

  it("load Umami's script once, however often React renders", async () => {
    const { page } = await journey();

    expect(await page.locator("script[src='https://analytics.vibnai.com/script.js']").count()).toBe(1);
  });
});
