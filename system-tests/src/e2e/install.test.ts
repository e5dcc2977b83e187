import type { Page, Route } from "playwright-core";
import { describe, expect, it } from "vitest";
import { laptop, PHONE, useBrowser, visitor } from "./support/browser";
import { value } from "./support/stack";

useBrowser();

/** The page says itself what such a refusal means. */
const REFUSED = /blocked by CORS policy/;
const SCREENS = process.env.SCREENSHOTS;

async function install(
  block?: [string, (route: Route) => unknown],
  scheme: "light" | "dark" = "light",
  width = 1280,
  url = value("TRACKER_URL"),
) {
  const page = await visitor(
    width < 500 ? PHONE : laptop(),
    { width, height: 900 },
    {
      tolerated: REFUSED,
      colorScheme: scheme,
      permissions: ["clipboard-read", "clipboard-write"],
    },
  );
  if (block) await page.route(...block);
  await page.goto(`${url}/`);
  await page.waitForFunction(() =>
    [...document.querySelectorAll("#checks li")].every((row) => /good|warn|bad/.test(row.className)),
  );
  return page;
}

const row = async (page: Page, check: string) => ({
  state: await page.getAttribute(`li[data-check=${check}]`, "class"),
  words: await page.textContent(`li[data-check=${check}] span`),
});

describe("the install page", () => {
  it("finds Umami and attribution-service from the visitor's browser", async () => {
    const page = await install();

    expect(await row(page, "tracker")).toMatchObject({ state: "good" });
    expect(await row(page, "script")).toMatchObject({ state: "good" });
    expect(await row(page, "collector")).toMatchObject({ state: "good" });
    // The console is served from the tracker's origin, so attribution-service lets that origin in.
    expect(await row(page, "attribution")).toMatchObject({ state: "good" });
  });

  it.each<[string, string, (route: Route) => unknown, RegExp]>([
    ["script", "**/script.js", (route) => route.abort(), /blocker/],
    ["script", "**/script.js", (route) => route.fulfill({ status: 404 }), /404/],
    ["script", "**/script.js", (route) => route.fulfill({ contentType: "text/html", body: "hello" }), /something else/],
    ["collector", "**/api/send", (route) => route.abort(), /blocker/],
    ["collector", "**/api/send", (route) => answer(route, 400, {}), /does not know this website/i],
    ["collector", "**/api/send", (route) => answer(route, 200, { beep: "boop" }), /robot/],
    ["collector", "**/api/send", (route) => answer(route, 200, { disabled: true }), /privacy/],
    ["attribution", "**/v1/attributions**", (route) => answer(route, 401, {}), /publishable key/],
  ])("says what to do when the %s fails (%s)", async (check, url, block, words) => {
    const page = await install([url, block]);

    const { state, words: said } = await row(page, check);
    expect(said).toMatch(words);
    expect(state).toMatch(/bad|warn/);
  });

  it("is green when the site's own key and origin are right", async () => {
    const page = await install(["**/v1/attributions**", (route) => answer(route, 400, {})]);

    expect(await row(page, "attribution")).toMatchObject({ state: "good" });
  });

  it("warns where attribution-service does not let the page's origin in", async () => {
    const elsewhere = value("TRACKER_URL").replace("localhost", "127.0.0.1");
    const page = await install(undefined, "light", 1280, elsewhere);

    expect(elsewhere).not.toBe(value("TRACKER_URL"));
    expect(await row(page, "attribution")).toMatchObject({ state: "warn" });
    expect(await row(page, "script")).toMatchObject({ state: "good" });
  });

  it("checks again when asked", async () => {
    let blocked = true;
    const page = await install(["**/script.js", (route) => (blocked ? route.abort() : route.fallback())]);
    expect(await row(page, "script")).toMatchObject({ state: "bad" });

    blocked = false;
    await page.click("#again");

    await page.waitForSelector("li[data-check=script].good");
  });

  it("copies what is shown", async () => {
    const page = await install();

    await page.click(".copy >> nth=0");

    await page.waitForSelector(".copy:has-text('Copied')");
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toContain(`<script defer src="${value("TRACKER_URL")}/tracker.js"`);
    expect(copied).toContain(`data-umami-website-id="${value("UMAMI_WEBSITE_ID")}"`);
    expect(copied).toContain(`data-key="${value("PUBLISHABLE_KEY")}"`);
  });

  it.each<["light" | "dark", number]>([
    ["light", 1280],
    ["dark", 1280],
    ["light", 390],
    ["dark", 390],
  ])("fits its screen: %s, %i pixels wide", async (scheme, width) => {
    const page = await install(undefined, scheme, width);
    if (SCREENS) await page.screenshot({ path: `${SCREENS}/install-${scheme}-${width}.png`, fullPage: true });

    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    const [paper, ink] = await page.evaluate(() => {
      const style = getComputedStyle(document.body);
      return [style.backgroundColor, style.color].map((color) => Number(/\d+/.exec(color)));
    });
    expect(scheme === "dark" ? Number(ink) - Number(paper) : Number(paper) - Number(ink)).toBeGreaterThan(150);
  });
});

const answer = (route: Route, status: number, body: object) =>
  route.fulfill({
    status,
    contentType: "application/json",
    headers: { "Access-Control-Allow-Origin": "*" },
    body: JSON.stringify(body),
  });
