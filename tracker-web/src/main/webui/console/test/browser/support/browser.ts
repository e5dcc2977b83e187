import { createRequire } from "node:module";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect } from "vitest";
import { chromiumPath } from "../../../../test/browser/support/browser";
import { ConsoleHost } from "./ConsoleHost";
import { NOW } from "./fixtures";

export const host = new ConsoleHost();
export const WIDE = { width: 1440, height: 900 };
export const NARROW = { width: 390, height: 844 };

const AXE = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

let browser: Browser;
let contexts: BrowserContext[] = [];
let complaints: string[] = [];

/** A Chromium whose clock stands still, and a host. A page that complains on its console fails its test. */
export function withHost(): void {
  beforeAll(async () => {
    await host.start();
    browser = await chromium.launch({
      executablePath: chromiumPath(),
      args: [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-features=LocalNetworkAccessChecks",
      ],
    });
  });
  beforeEach(() => host.reset());
  afterEach(async () => {
    const heard = complaints;
    complaints = [];
    await Promise.all(contexts.map((context) => context.close()));
    contexts = [];
    expect(heard).toEqual([]);
  });
  afterAll(async () => {
    await browser.close();
    await host.stop();
  });
}

export async function tab(viewport = WIDE, colorScheme: "light" | "dark" = "light"): Promise<Page> {
  const context = await browser.newContext({
    viewport,
    colorScheme,
    timezoneId: "UTC",
    locale: "en-GB",
    acceptDownloads: true,
  });
  contexts.push(context);
  await context.clock.setFixedTime(NOW);
  await context.addInitScript(() => {
    const shifts: string[] = [];
    Object.assign(window, { shifts });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & {
        hadRecentInput: boolean;
        value: number;
        sources: { node?: Node; previousRect: DOMRect; currentRect: DOMRect }[];
      })[])
        if (!entry.hadRecentInput)
          shifts.push(
            `${entry.value}: ${entry.sources.map(({ node, previousRect: from, currentRect: to }) => `${node?.nodeName}.${(node as unknown as { className?: string })?.className} ${from.x},${from.y} ${from.width}x${from.height} → ${to.x},${to.y} ${to.width}x${to.height}`).join("; ")}`,
          );
    }).observe({ type: "layout-shift", buffered: true });
  });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  page.on("pageerror", (error) => complaints.push(`page error: ${error.message}`));
  page.on("console", (message) => {
    // A failed request is the browser's complaint; tests fail requests on purpose.
    if (message.type() === "error" && !/^Failed to load resource|net::ERR_/.test(message.text()))
      complaints.push(message.text());
  });
  return page;
}

export interface Embedded {
  tag: "vibn-user-profile" | "vibn-acquisition" | "vibn-site-funnel";
  attributes?: Record<string, string>;
  /** A script's text, instead of one that sets a token. */
  script?: string;
}

/** A plain HTML page with one element in it. */
export async function embed(page: Page, { tag, attributes = {}, script }: Embedded): Promise<void> {
  const all: Record<string, string> = {
    "attribution-url": host.apiOrigin,
    "query-url": host.apiOrigin,
    "time-zone": "UTC",
    ...(tag === "vibn-user-profile" ? { "user-id": "ada-lovelace" } : {}),
    ...attributes,
  };
  const text = Object.entries(all).map(
    ([name, value]) => `${name}="${value.replaceAll("&", "&amp;").replaceAll('"', "&quot;")}"`,
  );
  host.markup = `<${tag} ${text.join(" ")}></${tag}>`;
  host.script = script ?? `document.querySelector("${tag}").token = "read-token";`;
  await page.goto(`${host.origin}/host`);
}

/** Opens tracker-web's page. */
export async function openConsole(page: Page, hash = "", settings: Record<string, string> = {}): Promise<void> {
  host.settings = { attributionUrl: host.apiOrigin, queryUrl: host.apiOrigin, ...settings };
  await page.goto(`${host.origin}/console/${hash}`);
}

/** What axe finds, one line each. */
export async function violations(page: Page): Promise<string[]> {
  await page.evaluate(() => document.fonts.ready);
  if (!(await page.evaluate(() => "axe" in window))) {
    // The page's policy forbids scripts of others; the test's own is put in past it.
    const { readFileSync } = await import("node:fs");
    await page.evaluate(readFileSync(AXE, "utf8"));
  }
  return page.evaluate(async () => {
    // biome-ignore lint/suspicious/noExplicitAny: axe's own global.
    const { violations } = await (window as any).axe.run(document, { resultTypes: ["violations"] });
    return violations.flatMap((violation: { id: string; nodes: { target: unknown; failureSummary: string }[] }) =>
      violation.nodes.map(
        ({ target, failureSummary }) => `${violation.id}: ${JSON.stringify(target)} ${failureSummary}`,
      ),
    );
  });
}

export const shifts = (page: Page): Promise<string[]> =>
  page.evaluate(() => (window as unknown as { shifts: string[] }).shifts);

/** Asks until it is so; fails with the last answer. */
export async function eventually<T>(ask: () => T | Promise<T>, satisfied: (answer: T) => boolean): Promise<T> {
  const giveUp = Date.now() + 20_000;
  for (;;) {
    const answer = await ask();
    if (satisfied(answer)) return answer;
    if (Date.now() > giveUp) throw new Error(`still not: ${JSON.stringify(answer, null, 2)}`);
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
}
