import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect } from "vitest";
import { type Json, Stage } from "./stage";

export const stage = new Stage();

export const chromiumPath = (): string =>
  execFileSync(fileURLToPath(new URL("../../../../../../../build/find-chromium", import.meta.url)), {
    encoding: "utf8",
  }).trim();

let browser: Browser;
let contexts: BrowserContext[] = [];
let complaints: string[] = [];
const underWay = new Set<unknown>();

/**
 * A Chromium for which every host is the stage. A page that complains on its console fails its test.
 *
 * @param cache whether pages come back from the browser's memory, as they do for people
 */
export function withStage({ cache = false } = {}): void {
  beforeAll(async () => {
    await stage.start();
    browser = await chromium.launch({
      executablePath: chromiumPath(),
      args: [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--host-resolver-rules=MAP * 127.0.0.1",
        // Also for what a page sends while it goes: a context's own setting ends with its page.
        "--ignore-certificate-errors",
      ],
      ignoreDefaultArgs: cache ? ["--disable-back-forward-cache"] : [],
    });
  });
  beforeEach(() => stage.reset());
  afterEach(async () => {
    const heard = complaints;
    complaints = [];
    await Promise.all(contexts.map((context) => context.close()));
    contexts = [];
    underWay.clear();
    expect(heard).toEqual([]);
  });
  afterAll(async () => {
    await browser.close();
    await stage.stop();
  });
}

/** What the page itself is expected to say on its console in this test. */
export function expectComplaints(matching: RegExp): void {
  const unexpected = complaints.filter((complaint) => !matching.test(complaint));
  expect(complaints.length).toBeGreaterThan(unexpected.length);
  complaints = unexpected;
}

/** Somebody with a browser of their own. */
export async function visitor(options: BrowserContextOptions = {}): Promise<BrowserContext> {
  const context = await browser.newContext({ ignoreHTTPSErrors: true, ...options });
  context.on("page", (page) => {
    page.on("pageerror", (error) => complaints.push(`page error: ${error.message}`));
    page.on("console", (message) => {
      // A failed request is the browser's complaint; tests fail requests on purpose.
      if (message.type() === "error" && !/^Failed to load resource|net::ERR_/.test(message.text()))
        complaints.push(message.text());
    });
  });
  context.on("request", (request) => underWay.add(request));
  for (const end of ["requestfinished", "requestfailed"] as const)
    context.on(end as "requestfinished", (request) => underWay.delete(request));
  contexts.push(context);
  return context;
}

/** Waits until whatever the page has asked for is answered. */
export async function quiet(page: Page): Promise<void> {
  // What was sent before this has at least begun.
  await page.evaluate((url) => fetch(url, { method: "POST", body: "{}" }), stage.at("https://attribution.test/mark"));
  await eventually(
    () => underWay.size,
    (left) => left === 0,
  );
}

/** Opens an address (without port) in a tab of the visitor and waits until the tracker is ready. */
export async function open(context: BrowserContext, address: string): Promise<Page> {
  const page = await context.newPage();
  await go(page, address);
  return page;
}

/** Goes to an address in the same tab. */
export async function go(page: Page, address: string): Promise<void> {
  await page.goto(stage.at(address));
  await ready(page);
}

/** Follows a link from a page of another site. */
export async function come(context: BrowserContext, from: string, to: string): Promise<Page> {
  stage.pages["/elsewhere"] = {
    attributes: { src: "data:text/javascript," },
    body: `<a id="link" href="${stage.at(to)}">there</a>`,
  };
  const page = await context.newPage();
  await page.goto(stage.at(`${from}/elsewhere`));
  await page.click("#link");
  await ready(page);
  return page;
}

export async function ready(page: Page): Promise<void> {
  await page.waitForFunction(() => "ready" in ((window as Json).vibn ?? {}));
  await page.evaluate(() => (window as Json).vibn.ready);
}

/** Calls a function of the tracker. */
export const vibn = (page: Page, name: string, ...args: unknown[]): Promise<Json> =>
  page.evaluate(([name, args]) => (window as Json).vibn[name as string](...(args as unknown[])), [name, args]);

export const stored = (page: Page): Promise<Json> => vibn(page, "getStoredAttribution");

/** The same without Umami's session, which comes a moment later. */
export async function touches(page: Page): Promise<Json> {
  const { umami: _, ...rest } = await stored(page);
  return rest;
}

/** The tracker's cookie as the browser has it, with what it says. */
export async function cookie(context: BrowserContext): Promise<Json> {
  const cookies = (await context.cookies()).filter(({ name }) => name === "vibn_attribution");
  expect(cookies.length).toBeLessThanOrEqual(1);
  const [found] = cookies;
  return found && { ...found, says: JSON.parse(decodeURIComponent(found.value)) };
}

/** Asks until it is so; fails with the last answer. */
export async function eventually<T>(ask: () => T | Promise<T>, satisfied: (answer: T) => boolean): Promise<T> {
  const giveUp = Date.now() + 20_000;
  for (;;) {
    const answer = await ask();
    if (satisfied(answer)) return answer;
    if (Date.now() > giveUp) throw new Error(`still not: ${JSON.stringify(answer, null, 2)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
