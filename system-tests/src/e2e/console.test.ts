import { setTimeout } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { clickTheAd, signUp, useBrowser, view, visitor } from "./support/browser";
import { eventually, type Json, post, profile, value } from "./support/stack";

useBrowser();

/** A person of the company, whose browser holds no key. */
async function open(hash: string) {
  const page = await visitor();
  await page.goto(`${value("TRACKER_URL")}/console/${hash}`);
  return page;
}

const mint = async (body: object): Promise<Json> => {
  const answer = await fetch(`${value("ATTRIBUTION_URL")}/v1/read-tokens`, {
    method: "POST",
    headers: { "Content-Type": "application/json", Authorization: `Bearer ${value("READ_KEY")}` },
    body: JSON.stringify(body),
  });
  expect(answer.status).toBe(201);
  return answer.json();
};

/** Statuses of calls with a token, by path. */
const read = async (token: string, paths: Record<string, string>): Promise<Record<string, number>> => {
  const statuses: Record<string, number> = {};
  for (const [path, service] of Object.entries(paths)) {
    const answer = await fetch(value(service) + path, { headers: { Authorization: `Bearer ${token}` } });
    statuses[path] = answer.status;
    await answer.body?.cancel();
  }
  return statuses;
};

describe("the console, with the services as they are packaged", () => {
  it("signs in by itself, and shows an event of the site within three seconds", async () => {
    const site = await visitor();
    await clickTheAd(site);
    await view(site, "/signup");
    const user = await signUp(site, "Console");
    const page = await open(`#/users/${user}`);
    await page.waitForSelector(".live-live");
    expect(await page.textContent(".lead")).toContain("Came from Google Ads, campaign friday-evening,");

    await view(site, "/settings");
    const seen = Date.now();

    await page.waitForSelector(".entry.new:has-text('/settings')", { timeout: 3000 });
    expect(Date.now() - seen).toBeLessThan(3000);
    const { body } = await eventually(
      () => profile(user),
      (answer) => answer.body.first_touch_web_funnel?.pageviews === 4,
    );
    await page.waitForFunction(
      (pageviews) =>
        [...(document.querySelector("vibn-user-profile")?.shadowRoot?.querySelectorAll(".numbers dd") ?? [])].at(2)
          ?.textContent === pageviews,
      String(body.first_touch_web_funnel.pageviews),
    );
  });

  it("shows the report's and the funnel's numbers", async () => {
    const user = `report-${Date.now()}`;
    await post(
      "/v1/attributions",
      JSON.stringify({ user_id: user, utm_source: "newsletter", utm_medium: "email", utm_campaign: "console" }),
    );
    const page = await open("#/acquisition?by=utm_campaign");

    await page.waitForSelector("tbody tr:has-text('console')");
    const { token } = await mint({ reports: true });
    const [asked] = await Promise.all([
      page.waitForRequest((request) => request.url().includes("/v1/reports/acquisition")),
      page.reload(),
    ]);
    const report = (await (await fetch(asked.url(), { headers: { Authorization: `Bearer ${token}` } })).json()) as Json;
    await page.waitForSelector("tbody tr:has-text('console')");
    const rows = await page
      .locator(".scroll tbody tr")
      .evaluateAll((rows) =>
        rows.map((row) => [
          row.children[0]?.textContent?.trim(),
          Number.parseInt(row.children[1]?.textContent ?? "", 10),
        ]),
      );
    expect(rows).toEqual(report.groups.map(({ value, first }: Json) => [value ?? "Without campaign", first.signups]));

    await page.click("tbody button:has-text('console')");
    await page.click(`.users a:has-text('${user}')`);
    await page.waitForSelector(".lead:has-text('newsletter')");
    await page.click("nav >> text=Funnel");
    await page.waitForSelector(".step, .state");
  });
});

describe("a token for a console's page", () => {
  const users = (id: string) => ({
    [`/v1/attributions/${id}`]: "ATTRIBUTION_URL",
    [`/v1/users/${id}/conversions`]: "ATTRIBUTION_URL",
    [`/v1/users/${id}/profile`]: "UMAMI_QUERY_URL",
    [`/v1/users/${id}/trail`]: "UMAMI_QUERY_URL",
    [`/v1/users/${id}/live`]: "UMAMI_QUERY_URL",
  });
  const REPORTS = {
    "/v1/attributions": "ATTRIBUTION_URL",
    "/v1/reports/acquisition": "ATTRIBUTION_URL",
    "/v1/reports/health": "ATTRIBUTION_URL",
    "/v1/funnels?step=visit&step=signup": "UMAMI_QUERY_URL",
    "/v1/source": "UMAMI_QUERY_URL",
  };

  it("that reads one user reads no other user and no report, and is over when it says", async () => {
    const user = `one-${Date.now()}`;
    await post("/v1/attributions", JSON.stringify({ user_id: user }));
    const { token, expires_at } = await mint({ user_id: user, ttl_seconds: 1 });

    expect(new Set(Object.values(await read(token, users(user))))).toEqual(new Set([200]));
    expect(new Set(Object.values(await read(token, { ...users(`${user}-not`), ...REPORTS })))).toEqual(new Set([403]));

    // Clocks may differ by five seconds.
    await setTimeout(Date.parse(expires_at) + 6500 - Date.now());
    expect(new Set(Object.values(await read(token, users(user))))).toEqual(new Set([401]));
  });

  it("that reads reports reads no user and no list of them", async () => {
    const { token } = await mint({ reports: true });

    expect(await read(token, { ...users("ada-lovelace"), ...REPORTS })).toEqual({
      ...Object.fromEntries(Object.keys(users("ada-lovelace")).map((path) => [path, 403])),
      "/v1/attributions": 403,
      "/v1/reports/acquisition": 200,
      "/v1/reports/health": 200,
      "/v1/funnels?step=visit&step=signup": 200,
      "/v1/source": 403,
    });
  });
});
