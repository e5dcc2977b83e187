import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { embed, eventually, host, tab, withHost } from "./support/browser";
import { paged, problem } from "./support/ConsoleHost";
import { acquisition, event, type figures, profile, siteFunnel, trail, USER } from "./support/fixtures";

withHost();

const texts = (page: Page, selector: string): Promise<string[]> =>
  page
    .locator(selector)
    .evaluateAll((nodes) => nodes.map((node) => (node.textContent ?? "").replace(/\s+/g, " ").trim()));
const rows = async (page: Page, selector: string): Promise<string[][]> => {
  const found = page.locator(`${selector} tbody tr`);
  return found.evaluateAll((rows) =>
    rows.map((row) => [...row.children].map((cell) => (cell.textContent ?? "").replace(/\s+/g, " ").trim())),
  );
};
const number = (value: number) => value.toLocaleString("en-GB");

async function openProfile(script?: string): Promise<Page> {
  const page = await tab();
  await embed(page, { tag: "vibn-user-profile", ...(script ? { script } : {}) });
  await page.waitForSelector(".block");
  return page;
}

async function openReport(attributes: Record<string, string> = {}): Promise<Page> {
  const page = await tab();
  await embed(page, { tag: "vibn-acquisition", attributes });
  await page.waitForSelector("tbody tr");
  return page;
}

describe("a user's profile", () => {
  it("tells where the user came from in a sentence", async () => {
    const page = await openProfile();

    expect(await texts(page, ".lead")).toEqual([
      "Came from Google Ads, campaign spring, on 22 Nov at 08:25, landed on /, signed up 2 days later.",
    ]);
  });

  it("shows the API's totals", async () => {
    const page = await openProfile();

    const { sessions, visits, pageviews, pageviews_before_signup } = profile().first_touch_web_funnel;
    expect(await texts(page, ".numbers dd")).toEqual([
      ...[sessions, visits, pageviews, pageviews_before_signup ?? 0].map(number),
      "2 d",
      "Phone, Laptop",
    ]);
  });

  it("shows every event once, by visit, with signup and conversion between them", async () => {
    const page = await openProfile();

    const blocks = await page
      .locator(".block")
      .evaluateAll((blocks) =>
        blocks.map((block) =>
          [...block.querySelectorAll(".entry")].map(
            (entry) => entry.querySelector("div")?.textContent?.trim().split(/\s/)[0],
          ),
        ),
      );
    expect(blocks.flat().filter((text) => text !== "Signed" && text !== "purchase").length).toBe(trail().length);
    expect(blocks[0]?.slice(0, 2)).toEqual(["upgraded", "purchase"]);
    expect(await texts(page, ".milestone > div")).toEqual(["purchase €49.90", "Signed up"]);
  });

  it("loads earlier events by the cursor until the beginning", async () => {
    paged(host);
    const page = await openProfile();
    expect(await page.locator(".entry:not(.milestone)").count()).toBe(6);

    for (const loaded of [12, 18]) {
      await page.focus(".end button");
      await page.keyboard.press("Enter");
      await eventually(
        () => page.locator(".entry:not(.milestone)").count(),
        (count) => count === loaded,
      );
    }

    expect(host.told(`/v1/users/${USER}/trail`).map(({ query }) => query.get("cursor"))).toEqual(["6", "12"]);
    expect(await page.textContent(".end")).toContain("beginning");
  });

  it("shows an event as it arrives, says so, and asks for the totals again", async () => {
    const page = await openProfile();
    await page.waitForSelector(".live-live");
    host.routes[`/v1/users/${USER}/funnel`] = () => ({
      body: { ...profile().first_touch_web_funnel, pageviews: 1235 },
    });

    host.arrive(event("new", 0, { url_path: "/pricing" }));

    await page.waitForSelector(".entry.new:has-text('/pricing')");
    expect(await texts(page, "[role=status]")).toEqual(["New: viewed /pricing"]);
    await eventually(
      () => texts(page, ".numbers dd"),
      (tiles) => tiles[2] === "1,235",
    );
    host.arrive(event("new", 0, { url_path: "/pricing" }));
    host.arrive(event("newer", 0, { url_path: "/docs" }));
    await page.waitForSelector(".entry.new:has-text('/docs')");
    expect(await page.locator(".entry.new").count()).toBe(2);
  });

  it("goes on where a broken stream stopped", async () => {
    const page = await openProfile();
    await page.waitForSelector(".live-live");
    host.arrive(event("one", 0));
    await page.waitForSelector(".entry.new");

    host.endStreams();

    await eventually(
      () => host.told(`/v1/users/${USER}/live`).length,
      (calls) => calls === 2,
    );
    expect(host.told(`/v1/users/${USER}/live`)[1]?.headers["last-event-id"]).toBe("after-one");
    await page.waitForSelector(".live-live");
  });

  it("reads the trail again when more happened than is replayed", async () => {
    const page = await openProfile();
    await page.waitForSelector(".live-live");

    host.push("gap", { detail: "More happened." });

    await eventually(
      () => host.told(`/v1/users/${USER}/profile`).length,
      (calls) => calls === 2,
    );
  });

  it("tries again when asked", async () => {
    let down = true;
    host.routes[`/v1/users/${USER}/profile`] = () =>
      down ? problem(503, "Umami does not answer in time.") : { body: profile() };
    const page = await tab();
    await embed(page, { tag: "vibn-user-profile" });
    await page.waitForSelector(".failed:has-text('Umami does not answer in time.')");
    expect(await page.textContent(".lead")).toContain("Google Ads");

    down = false;
    await page.focus(".failed button");
    await page.keyboard.press("Enter");

    await page.waitForSelector(".block");
  });

  it("shows the user that was chosen last", async () => {
    host.routes["/v1/attributions/slow"] = () =>
      new Promise((resolve) => setTimeout(() => resolve(problem(500, "too late")), 300));
    const page = await tab();
    await embed(page, { tag: "vibn-user-profile", attributes: { "user-id": "slow" } });

    await page.evaluate((user) => document.querySelector("vibn-user-profile")?.setAttribute("user-id", user), USER);

    await page.waitForSelector(".block");
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(await page.textContent(".lead")).toContain("Google Ads");
    await eventually(
      () => host.listeners,
      (listeners) => listeners === 1,
    );
  });

  it("stops listening when it is taken out of the page", async () => {
    const page = await openProfile();
    await page.waitForSelector(".live-live");

    await page.evaluate(() => document.querySelector("vibn-user-profile")?.remove());

    await eventually(
      () => host.listeners,
      (listeners) => listeners === 0,
    );
  });
});

describe("a token", () => {
  const asking = (answer: string) => `
    const element = document.querySelector("vibn-user-profile");
    window.asked = [];
    element.getToken = async (scope) => { asked.push(scope); return ${answer}; };`;

  it("is asked for this user alone, and sent as a header only", async () => {
    const page = await openProfile(asking('"tok-" + asked.length'));

    expect(await page.evaluate(() => (window as unknown as { asked: unknown[] }).asked)).toEqual([{ user_id: USER }]);
    for (const { headers, path, query } of host.calls) {
      expect(headers.authorization).toMatch(/^Bearer tok-\d+$/);
      expect(path + query).not.toContain("tok-");
    }
    expect(await page.content()).not.toContain("tok-");
  });

  it("that is refused is asked for once more", async () => {
    host.routes[`/v1/users/${USER}/profile`] = ({ headers }) =>
      headers.authorization === "Bearer good" ? { body: profile() } : problem(401, "The token is over.");

    await openProfile(asking('asked.length > 1 ? "good" : "over"'));

    expect(host.told(`/v1/users/${USER}/profile`).length).toBe(2);
  });

  it("is replaced before it ends", async () => {
    paged(host);
    const page = await openProfile(asking('({ token: "short", expires_at: "2026-11-25T10:00:10Z" })'));
    const before = await page.evaluate(() => (window as unknown as { asked: unknown[] }).asked.length);

    await page.click(".end button");

    await eventually(
      () => page.locator(".entry:not(.milestone)").count(),
      (count) => count === 12,
    );
    expect(await page.evaluate(() => (window as unknown as { asked: unknown[] }).asked.length)).toBe(before + 1);
  });

  it("comes from the host's own server, asked with its cookies, where token-url says so", async () => {
    host.routes["/token"] = () => ({ body: { token: "from-the-server", expires_at: "2026-11-25T10:15:00Z" } });
    const page = await tab();
    await page.context().addCookies([{ name: "session", value: "one", url: host.apiOrigin, sameSite: "Lax" }]);
    await embed(page, {
      tag: "vibn-user-profile",
      attributes: { "token-url": `${host.apiOrigin}/token` },
      script: " ",
    });
    await page.waitForSelector(".block");

    const [call] = host.told("/token");
    expect(call?.method).toBe("POST");
    expect(JSON.parse(call?.body ?? "")).toEqual({ user_id: USER });
    expect(host.told(`/v1/attributions/${USER}`)[0]?.headers.authorization).toBe("Bearer from-the-server");
  });

  it("that is not there leaves the places of what will come", async () => {
    const page = await tab();
    await embed(page, { tag: "vibn-acquisition", script: " " });

    await page.waitForSelector(".b-chart");
    expect(host.calls).toEqual([]);
  });
});

describe("acquisition", () => {
  const asked = () => new URLSearchParams(host.told("/v1/reports/acquisition").at(-1)?.query);
  const line = (value: string, f: ReturnType<typeof figures>) => [
    value,
    number(f.signups),
    number(f.converted_users),
    `${(100 * (f.conversion_rate ?? 0)).toFixed(1)}%`,
    f.revenue[0] ? `€${Number(f.revenue[0].value).toLocaleString("en-GB", { minimumFractionDigits: 2 })}` : "–",
    "23 h 53 min",
    f.median_seconds_to_conversion ? "2 d 4 h" : "–",
  ];

  it("shows the API's numbers, group by group", async () => {
    const page = await openReport();

    const report = acquisition(asked());
    expect(await rows(page, ".scroll")).toEqual(
      report.groups.map((group) => line(String(group.value), group.first as ReturnType<typeof figures>)),
    );
    expect(await texts(page, ".numbers dd")).toEqual([
      number(report.totals.signups),
      number(report.totals.converted_users),
      `${(100 * (report.totals.conversion_rate ?? 0)).toFixed(1)}%`,
      "€12,345.67 US$890.10",
      "23 h 53 min",
      "2 d 4 h",
    ]);
  });

  it("has the chart's numbers as a table", async () => {
    const page = await openReport();

    await page.click("text=As table");

    const report = acquisition(asked());
    const [first, second, third] = report.groups.map((group) => group.trend?.first?.signups ?? []);
    const shown = await rows(page, ".plain");
    expect(shown.length).toBe(report.periods.length);
    expect(shown[0]?.slice(0, 4)).toEqual(["27 Oct", ...[first, second, third].map((values) => String(values?.[0]))]);
    const sums = (await rows(page, ".plain")).map((row) =>
      row.slice(1).reduce((sum, cell) => sum + Number(cell.replace(",", "")), 0),
    );
    expect(sums.reduce((a, b) => a + b)).toBe(report.totals.signups);
  });

  it("draws something in its colours", async () => {
    const page = await openReport();

    const colors = () =>
      page.locator("canvas").evaluate((canvas: HTMLCanvasElement) => {
        const { data } = (canvas.getContext("2d") as CanvasRenderingContext2D).getImageData(
          0,
          0,
          canvas.width,
          canvas.height,
        );
        const seen = new Map<string, number>();
        for (let at = 0; at < data.length; at += 4)
          if (data[at + 3] === 255) {
            const color = [data[at], data[at + 1], data[at + 2]].join();
            seen.set(color, (seen.get(color) ?? 0) + 1);
          }
        return [...seen].filter(([, count]) => count > 200).map(([color]) => color);
      });

    expect(await colors()).toEqual(expect.arrayContaining(["59,91,219", "11,114,133", "217,72,15"]));
    await page.emulateMedia({ colorScheme: "dark" });
    await eventually(colors, (seen) => seen.includes("116,143,252"));
  });

  it("sorts by any column, by keyboard", async () => {
    const page = await openReport();
    const first = async () => (await rows(page, ".scroll"))[0]?.[0];
    const header = (name: string) => page.locator(`.scroll th button:has-text("${name}")`);
    expect(await first()).toBe("Paid Search");

    await header("Converted").focus();
    await page.keyboard.press("Enter");
    expect(await first()).toBe("Paid Search");
    await page.keyboard.press("Enter");
    expect(await first()).toBe("Affiliates");
    expect(await page.locator("th[aria-sort=ascending]").textContent()).toContain("Converted");
    await header("Rate").focus();
    await page.keyboard.press("Space");
    expect(await first()).toBe("Email");
    expect(host.told("/v1/reports/acquisition").length).toBe(1);
  });

  it("leads from a channel to its campaigns to their users, by keyboard", async () => {
    const page = await openReport({ "user-href": "#/users/{user_id}" });

    await page.focus("tbody button:has-text('Paid Search')");
    await page.keyboard.press("Enter");
    await page.waitForSelector("tbody button:has-text('brand')");
    expect([asked().get("by"), asked().getAll("channel")]).toEqual(["utm_campaign", ["Paid Search"]]);
    await page.focus("tbody button:has-text('brand')");
    await page.keyboard.press("Enter");

    await page.waitForSelector(".users tbody a");
    expect(Object.fromEntries(host.told("/v1/attributions")[0]?.query ?? [])).toEqual({
      channel: "Paid Search",
      utm_campaign: "brand",
      from: "2026-10-27T00:00:00Z",
      to: "2026-11-26T00:00:00Z",
    });
    expect(await page.getAttribute(".users tbody a", "href")).toBe(`#/users/${USER}`);
    await page.click("[aria-label='Remove Campaign brand']");
    await eventually(
      () => asked().getAll("utm_campaign"),
      (filters) => filters.length === 0,
    );
    expect(asked().get("by")).toBe("utm_campaign");
  });

  it("says so when the token may not list users", async () => {
    host.routes["/v1/attributions"] = () => problem(403, "A token for reports does not list users.");
    const page = await openReport({ view: "utm_campaign=brand&by=utm_content" });

    await page.waitForSelector(".users:has-text('A token for reports does not list users.')");
    expect((await rows(page, ".scroll")).length).toBeGreaterThan(0);
  });

  it("asks the host's own server for users where users-url says so, without a token", async () => {
    host.routes["/users"] = () => ({
      body: { items: [{ user_id: "bob", first_touch: {}, signed_up_at: "2026-11-01T00:00:00Z" }] },
    });
    const page = await openReport({ view: "utm_campaign=brand", "users-url": `${host.apiOrigin}/users` });

    await page.waitForSelector(".users button:has-text('bob')");
    expect(host.told("/users")[0]?.headers.authorization).toBeUndefined();
  });

  it("shows both touches side by side, and the period before", async () => {
    const page = await openReport();

    await page.click("text=Both");
    await page.click("text=Compare");
    await eventually(
      () => asked().get("compare"),
      (compare) => compare === "previous",
    );
    await page.waitForSelector("th.group >> nth=1");

    const [group] = acquisition(asked()).groups;
    await eventually(
      async () => (await rows(page, ".scroll"))[0],
      (row) =>
        row?.[1] === `${number(group?.first?.signups ?? 0)}+11.0%` ||
        row?.[1]?.startsWith(`${number(group?.first?.signups ?? 0)}+`) === true,
    );
    const [row] = await rows(page, ".scroll");
    expect(row?.[5]).toMatch(new RegExp(`^${number(group?.last?.signups ?? 0)}−\\d`));
    expect((await texts(page, ".numbers .change"))[0]).toMatch(/^\+25\.0% vs before$/);
  });

  it("tells the host page how it is looked at, and takes that back", async () => {
    const page = await openReport();
    await page.evaluate(() => {
      document.addEventListener("vibn-view", (event) =>
        Object.assign(window, { view: (event as CustomEvent).detail.view }),
      );
    });

    await page.selectOption("select >> nth=1", "utm_source");

    await eventually(
      () => page.evaluate(() => (window as unknown as { view: string }).view),
      (view) => view === "by=utm_source",
    );
    await page.evaluate(() => document.querySelector("vibn-acquisition")?.setAttribute("view", "touch=last"));
    await eventually(
      () => asked().get("touch"),
      (touch) => touch === "last",
    );
  });

  it("gives the report as CSV, as the service writes it", async () => {
    const page = await openReport();

    const [download] = await Promise.all([page.waitForEvent("download"), page.click("text=CSV")]);

    expect(download.suggestedFilename()).toBe("acquisition-channel-2026-10-27-2026-11-25.csv");
    expect(readFileSync(await download.path(), "utf8")).toContain("Paid Search,2026-10-27,3");
  });
});

describe("the site's funnel", () => {
  async function openFunnel(): Promise<Page> {
    const page = await tab();
    await embed(page, { tag: "vibn-site-funnel", attributes: { view: "step=visit&step=path:/pricing&step=signup" } });
    await page.waitForSelector(".step");
    return page;
  }
  const asked = () => new URLSearchParams(host.told("/v1/funnels").at(-1)?.query);

  it("shows the API's steps and groups", async () => {
    const page = await openFunnel();

    const report = siteFunnel(asked());
    const percent = (share: number | null | undefined) => `${(100 * (share ?? 0)).toFixed(1)}%`;
    expect(await texts(page, ".step .line")).toEqual(
      report.steps.map(
        ({ visitors, share_of_first }, at) =>
          `${["Visited the site", "Saw /pricing", "Signed up"][at]}${number(visitors)}${percent(share_of_first)}`,
      ),
    );
    const [, second] = report.steps;
    expect((await texts(page, ".lost"))[0]).toBe(
      `${percent(second?.share_of_previous ?? 0)} went on, half of them within 1 hour; ${number((report.steps[0]?.visitors ?? 0) - (second?.visitors ?? 0))} did not`,
    );
    expect((await rows(page, ".scroll"))[0]).toEqual([
      "Paid Search",
      ...(report.groups[0]?.steps ?? []).map(({ visitors, share_of_first }, at) =>
        at ? `${number(visitors)} ${percent(share_of_first)}` : number(visitors),
      ),
    ]);
  });

  it("takes other steps, by keyboard", async () => {
    const page = await openFunnel();

    await page.focus("text=Change the steps");
    await page.keyboard.press("Enter");
    await page.selectOption("form li:nth-child(2) select", "event");
    await page.fill("form li:nth-child(2) input", "clicked: buy");
    await page.click("text=Add a step");
    await page.focus("form .primary");
    await page.keyboard.press("Enter");

    await eventually(
      () => asked().getAll("step"),
      (steps) => steps.length === 4,
    );
    expect(asked().getAll("step")).toEqual(["visit", "event:clicked: buy", "signup", "conversion:*"]);
  });

  it("asks by whole days of the time zone", async () => {
    await openFunnel();

    expect(Object.fromEntries(asked())).toMatchObject({
      from: "2026-10-27T00:00:00Z",
      to: "2026-11-26T00:00:00Z",
      window_days: "30",
      by: "channel",
    });
  });
});
