import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect } from "vitest";
import { ROOT } from "./launcher";
import { value } from "./stack";

let builds = 0;

/** A laptop whose user agent no other visitor of this run has: all share one address, and Umami must not mix them. */
export const laptop = () =>
  `Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.${process.pid}.${builds++} Safari/537.36`;
export const PHONE =
  "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1";

let browser: Browser;
let contexts: BrowserContext[] = [];
let complaints: string[] = [];

/** A Chromium for the journeys of a file; every page that complains fails its test. */
export function useBrowser(): void {
  beforeAll(async () => {
    browser = await chromium.launch({
      executablePath: execFileSync(join(ROOT, "build", "find-chromium"), { encoding: "utf8" }).trim(),
      args: [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        // A page that a test makes up has no address; without this it may not call the services on this machine.
        "--disable-features=LocalNetworkAccessChecks",
      ],
    });
  });
  afterEach(async () => {
    const heard = complaints;
    complaints = [];
    await Promise.all(contexts.map((context) => context.close()));
    contexts = [];
    expect(heard).toEqual([]);
  });
  afterAll(() => browser.close());
}

/** A visitor with a browser of their own: nothing stored, an address shared with all others of this machine. */
export async function visitor(
  userAgent = laptop(),
  screen = { width: 1440, height: 900 },
  more: BrowserContextOptions & { tolerated?: RegExp } = {},
): Promise<Page> {
  const { tolerated, ...options } = more;
  const context = await browser.newContext({ userAgent, viewport: screen, screen, ...options });
  contexts.push(context);
  const page = await context.newPage();
  page.on("pageerror", (error) => complaints.push(`page error: ${error.message}`));
  page.on("console", (message) => {
    // A blocked or failed request is the browser's complaint, not the page's.
    if (
      message.type() === "error" &&
      !message.text().startsWith("Failed to load resource") &&
      !tolerated?.test(message.text())
    )
      complaints.push(message.text());
  });
  return page;
}

/** Opens a page of the demo site and returns once Umami has it. */
export async function view(page: Page, path: string): Promise<void> {
  const seen = pageview(page);
  await page.goto(value("DEMO_SITE_URL") + path);
  await seen;
}

/** Resolves with Umami's answer to the next page view. */
export const pageview = (page: Page) =>
  page.waitForResponse(
    (answer) => answer.url().endsWith("/api/send") && answer.request().postData()?.includes('"type":"event"') === true,
  );

/** Comes from the ad, as a visitor of another site does. */
export async function clickTheAd(page: Page): Promise<void> {
  await page.goto(`${value("DEMO_SITE_URL").replace("localhost", "127.0.0.1")}/ad`);
  const seen = pageview(page);
  await page.click("#ad");
  await seen;
}

/** Fills the signup form; answers the new user's id once the application's first page is in Umami. */
export async function signUp(page: Page, name: string): Promise<string> {
  const signup = page.waitForRequest((request) => request.url().includes("/v1/attributions?key="));
  await page.fill("input[name=name]", name);
  await page.click("form button");
  const { user_id } = (await signup).postDataJSON();
  await page.waitForURL("**/app");
  return user_id;
}

/** Logs in as a user that exists. */
export async function logIn(page: Page, user: string): Promise<void> {
  await page.fill("input[name=id]", user);
  await page.click("form button");
  await page.waitForURL("**/app");
}
