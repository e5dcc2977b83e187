import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import type { Embedded } from "./support/browser";
import {
  embed,
  eventually,
  host,
  NARROW,
  openConsole,
  shifts,
  tab,
  violations,
  WIDE,
  withHost,
} from "./support/browser";
import { never, paged, problem } from "./support/ConsoleHost";
import { attribution, conversions, event, HOSTILE, noSignups, profile, siteFunnel, USER } from "./support/fixtures";

/** One picture of each state, width and colour scheme, to be looked at. */
const PICTURES = fileURLToPath(new URL("../../../../../../target/console/", import.meta.url));
mkdirSync(PICTURES, { recursive: true });

withHost();

interface State {
  prepare?: () => void;
  open: Embedded | ((page: Page) => Promise<void>);
  /** Seen when the state is there. */
  until: string;
  act?: (page: Page) => Promise<void>;
}

const user: Embedded = { tag: "vibn-user-profile" };
const report: Embedded = { tag: "vibn-acquisition" };
const funnel: Embedded = { tag: "vibn-site-funnel" };
const refused = () => problem(403, "This token reads one user and no reports.");
const drilled = "by=utm_content&channel=Paid+Search&utm_campaign=spring";

const STATES: Record<string, State> = {
  "profile-loading": {
    prepare: () => {
      host.routes[`/v1/attributions/${USER}`] = never;
    },
    open: user,
    until: ".b-card",
  },
  profile: { open: user, until: ".block" },
  "profile-live": {
    open: user,
    until: ".live-live",
    act: async (page) => {
      await page.waitForSelector(".block");
      host.arrive(event("new", 0, { url_path: "/pricing", page_title: "Pricing" }));
      await page.waitForSelector(".entry.new");
    },
  },
  "profile-more": { prepare: () => paged(host), open: user, until: ".end button" },
  "profile-more-failed": {
    prepare: () => {
      paged(host);
      host.routes[`/v1/users/${USER}/trail`] = () => problem(503, "Umami does not answer in time.", 5);
    },
    open: user,
    until: ".end button",
    act: async (page) => {
      await page.click(".end button");
      await page.waitForSelector(".failed");
    },
  },
  "profile-direct": {
    prepare: () => {
      const record = { ...attribution(), channel: "Direct", last_channel: null, last_touch: null };
      const first_touch = {
        landing_page: "https://www.example.com/",
        first_seen_at: record.first_touch.first_seen_at,
        direct: true,
      };
      host.routes[`/v1/attributions/${USER}`] = () => ({ body: { ...record, first_touch } });
    },
    open: user,
    until: ".block",
  },
  "profile-nobody": {
    prepare: () => {
      const none = { sessions: 0, visits: 0, pageviews: 0, events: 0, devices: [] };
      const nothing = { first_touch_web_funnel: none, live_click_trail: { items: [], next_cursor: null } };
      host.routes["/v1/users/nobody/conversions"] = () => ({ body: { items: [] } });
      host.routes["/v1/users/nobody/profile"] = () => ({ body: { user_id: "nobody", ...nothing } });
    },
    open: { ...user, attributes: { "user-id": "nobody" } },
    until: ".state:has-text('Nothing seen yet')",
  },
  "profile-degraded": {
    prepare: () => {
      const { first_touch_web_funnel: totals, ...rest } = profile();
      const identity = { degraded: true, degraded_reason: "attribution-service does not answer.", shared: true };
      const degraded = { ...totals, truncated: true, identity };
      host.routes[`/v1/users/${USER}/profile`] = () => ({ body: { ...rest, first_touch_web_funnel: degraded } });
      host.routes[`/v1/users/${USER}/conversions`] = () => problem(503, "The database does not answer.");
    },
    open: user,
    until: ".notice",
  },
  "profile-umami-down": {
    prepare: () => {
      host.routes[`/v1/users/${USER}/profile`] = () => problem(503, "Umami does not answer in time.", 5);
      host.routes[`/v1/users/${USER}/live`] = () => problem(403, "The service goes down.");
    },
    open: user,
    until: ".failed",
  },
  "profile-refused": {
    prepare: () => {
      const no = () => problem(403, "This token reads another user.");
      for (const path of [
        `/v1/attributions/${USER}`,
        ...["profile", "conversions", "live"].map((name) => `/v1/users/${USER}/${name}`),
      ])
        host.routes[path] = no;
    },
    open: user,
    until: ".failed >> nth=1",
  },
  "profile-hostile": {
    prepare: () => {
      const path = encodeURIComponent(HOSTILE);
      const first_touch = {
        utm_source: HOSTILE,
        utm_campaign: HOSTILE,
        referrer: HOSTILE,
        landing_page: HOSTILE,
        click_ids: { [HOSTILE]: HOSTILE },
      };
      const items = [
        event("h", 3, { url_path: HOSTILE, page_title: HOSTILE, city: HOSTILE }),
        event("i", 4, { type: "event", event_name: HOSTILE }),
      ];
      host.routes[`/v1/attributions/${path}`] = () => ({
        body: { ...attribution(), user_id: HOSTILE, channel: HOSTILE, first_touch },
      });
      host.routes[`/v1/users/${path}/conversions`] = () => ({
        body: { items: [{ ...conversions()[0], name: HOSTILE }] },
      });
      host.routes[`/v1/users/${path}/profile`] = () => ({ body: { ...profile(), live_click_trail: { items } } });
    },
    open: { ...user, attributes: { "user-id": HOSTILE } },
    until: ".block",
    act: async (page) => {
      expect(await page.evaluate(() => "hacked" in window)).toBe(false);
      expect(await page.locator("vibn-user-profile img").count()).toBe(0);
      expect(await page.textContent("vibn-user-profile h2")).toBe(HOSTILE);
    },
  },
  "acquisition-loading": {
    prepare: () => {
      host.routes["/v1/reports/acquisition"] = never;
    },
    open: report,
    until: ".b-chart",
  },
  acquisition: { open: report, until: "canvas" },
  "acquisition-both-compared": {
    open: { ...report, attributes: { view: "touch=both&compare=previous" } },
    until: "canvas",
  },
  "acquisition-compared-lines": {
    open: { ...report, attributes: { view: "compare=previous&shape=lines&measure=converted_users" } },
    until: "canvas",
  },
  "acquisition-as-table": {
    open: report,
    until: "canvas",
    act: async (page) => {
      await page.click("text=As table");
      await page.waitForSelector(".plain");
    },
  },
  "acquisition-dates-and-filter": {
    open: { ...report, attributes: { view: "from=2026-10-27&to=2026-11-26" } },
    until: "canvas",
    act: async (page) => {
      await page.click("text=Add a filter");
      await page.waitForSelector(".adding");
    },
  },
  "acquisition-campaigns": {
    open: { ...report, attributes: { view: "by=utm_campaign&channel=Paid+Search" } },
    until: "canvas",
  },
  "acquisition-users": {
    open: { ...report, attributes: { view: drilled, "user-href": "#/{user_id}" } },
    until: ".users tbody tr",
  },
  "acquisition-users-refused": {
    prepare: () => {
      host.routes["/v1/attributions"] = () => problem(403, "A token for reports does not list users.");
    },
    open: { ...report, attributes: { view: drilled } },
    until: ".users .failed",
  },
  "acquisition-empty": {
    prepare: () => {
      host.routes["/v1/reports/acquisition"] = ({ query }) => ({ body: noSignups(query) });
    },
    open: report,
    until: ".state",
  },
  "acquisition-failed": {
    prepare: () => {
      host.routes["/v1/reports/acquisition"] = () => problem(503, "The database does not answer.", 2);
    },
    open: report,
    until: ".failed",
  },
  "acquisition-refused": {
    prepare: () => {
      host.routes["/v1/reports/acquisition"] = refused;
    },
    open: report,
    until: ".failed",
  },
  "funnel-loading": {
    prepare: () => {
      host.routes["/v1/funnels"] = never;
    },
    open: funnel,
    until: ".b-steps",
  },
  funnel: {
    open: { ...funnel, attributes: { view: "step=visit&step=path:/pricing&step=signup&step=conversion:*" } },
    until: ".step",
  },
  "funnel-cut": {
    prepare: () => {
      const limits = ["At most 200,000 events were read; the oldest are left out."];
      host.routes["/v1/funnels"] = ({ query }) => ({
        body: { ...siteFunnel(query), truncated: true, degraded: true, limits },
      });
    },
    open: funnel,
    until: ".notice",
  },
  "funnel-steps": {
    open: funnel,
    until: ".step",
    act: async (page) => {
      await page.click("text=Change the steps");
      await page.selectOption("form li:nth-child(2) select", "path");
      await page.waitForSelector("form input");
    },
  },
  "funnel-empty": {
    prepare: () => {
      host.routes["/v1/funnels"] = ({ query }) => {
        const body = siteFunnel(query);
        return {
          body: {
            ...body,
            groups: [],
            steps: body.steps.map(({ step }) => ({ step, visitors: 0, share_of_first: null, share_of_previous: null })),
          },
        };
      };
    },
    open: funnel,
    until: ".state",
  },
  "funnel-not-offered": {
    prepare: () => {
      host.routes["/v1/funnels"] = () =>
        problem(501, "Umami's REST API cannot answer this; it needs umami.source=database.");
    },
    open: funnel,
    until: ".failed",
  },
  "page-not-set-up": { open: (page) => openConsole(page, "", { attributionUrl: "" }), until: "text=Not set up yet" },
  "page-sign-in": { open: (page) => openConsole(page), until: "input[type=password]" },
  "page-sign-in-refused": {
    prepare: () => {
      host.routes["/v1/read-tokens"] = () => problem(401, "This key is unknown.");
    },
    open: (page) => openConsole(page),
    until: "input[type=password]",
    act: async (page) => {
      await page.fill("input[type=password]", "wrong");
      await page.click("text=Use this key");
      await page.waitForSelector(".problem");
    },
  },
  "page-users": { open: (page) => signedIn(page, "#/users/"), until: "h1:has-text('Users')" },
  "page-profile": { open: (page) => signedIn(page, `#/users/${USER}`), until: ".block" },
  "page-acquisition": { open: (page) => signedIn(page, "#/acquisition?touch=both"), until: "canvas" },
  "page-funnel": { open: (page) => signedIn(page, "#/funnel"), until: ".step" },
};

/** Tokens come from the host's own back end. */
async function signedIn(page: Page, hash: string): Promise<void> {
  host.routes["/token"] = () => ({ body: { token: "read-token" } });
  await openConsole(page, hash, { tokenUrl: `${host.apiOrigin}/token` });
}

async function show(page: Page, { prepare, open, until, act }: State): Promise<void> {
  prepare?.();
  await (typeof open === "function" ? open(page) : embed(page, open));
  await page.waitForSelector(until);
  await act?.(page);
}

describe("each state", () => {
  it.each(Object.entries(STATES))("is usable, fits and stands still: %s", async (name, state) => {
    const page = await tab();
    await show(page, state);
    if (!name.endsWith("-loading"))
      await eventually(
        () => page.locator(".bone").count(),
        (left) => left === 0,
      );
    // A live event is meant to push the older ones down.
    if (name !== "profile-live") expect(await shifts(page)).toEqual([]);

    for (const viewport of [WIDE, NARROW]) {
      await page.setViewportSize(viewport);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(viewport.width);
      for (const colorScheme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme });
        await page.screenshot({ path: `${PICTURES}${name}-${viewport.width}-${colorScheme}.png`, fullPage: true });
      }
      // What differs by width is not colour: each scheme is looked at once.
      if (viewport === WIDE) await page.emulateMedia({ colorScheme: "light" });
      expect(await violations(page)).toEqual([]);
    }
  });

  it.each(["profile", "acquisition", "funnel", "page-profile"])("stands still on a phone: %s", async (name) => {
    const page = await tab(NARROW);
    await show(page, STATES[name] as State);
    await eventually(
      () => page.locator(".bone").count(),
      (left) => left === 0,
    );

    expect(await shifts(page)).toEqual([]);
  });
});
