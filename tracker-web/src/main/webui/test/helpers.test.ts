import { afterEach, describe, expect, it, vi } from "vitest";
import { cmp } from "../src/cmp";
import type { Context } from "../src/context";
import { events } from "../src/events";
import { forms } from "../src/forms";
import { touch } from "../src/touch";

const page = window as unknown as Record<string, unknown>;

afterEach(() => {
  vi.restoreAllMocks();
  delete page.__tcfapi;
  delete page.dataLayer;
  document.body.innerHTML = "";
  localStorage.clear();
});

const withVibn = (vibn: object, options = {}) => ({ _vibn: vibn, _options: options }) as unknown as Context;

describe("cmp", () => {
  const decisions = (prepare: () => void): string[] => {
    const consent = vi.fn();
    prepare();
    cmp(withVibn({ consent }));
    return consent.mock.calls.flat();
  };
  const tcf =
    (...events: object[]) =>
    () => {
      page.__tcfapi = (_: string, version: number, listener: (data: object, success: boolean) => void) => {
        expect(version).toBe(2);
        for (const event of events) listener(event, true);
      };
    };
  const google =
    (...entries: unknown[][]) =>
    () => {
      page.dataLayer = entries;
    };
  const loaded = (gdprApplies: boolean, consents: number[], interests: number[] = []) => ({
    eventStatus: "tcloaded",
    gdprApplies,
    purpose: {
      consents: Object.fromEntries(consents.map((purpose) => [purpose, true])),
      legitimateInterests: Object.fromEntries(interests.map((purpose) => [purpose, true])),
    },
  });

  it.each([
    ["nothing at all", () => undefined, []],
    ["TCF before the decision", tcf({ ...loaded(true, [1, 7]), eventStatus: "cmpuishown" }), []],
    ["TCF where GDPR does not apply", tcf(loaded(false, [])), ["granted"]],
    ["TCF with storage and measurement", tcf(loaded(true, [1, 7])), ["granted"]],
    ["TCF with measurement by legitimate interest", tcf(loaded(true, [1], [7])), ["granted"]],
    ["TCF without storage", tcf(loaded(true, [7])), ["denied"]],
    ["TCF without measurement", tcf(loaded(true, [1])), ["denied"]],
    ["TCF that says the same twice", tcf(loaded(true, [1, 7]), loaded(true, [1, 7])), ["granted"]],
    ["TCF that changes its mind", tcf(loaded(true, [1, 7]), loaded(true, [])), ["granted", "denied"]],
    ["Google's default of denied", google(["consent", "default", { analytics_storage: "denied" }]), []],
    ["Google's default of granted", google(["consent", "default", { analytics_storage: "granted" }]), ["granted"]],
    ["one for a region", google(["consent", "default", { analytics_storage: "granted", region: ["US"] }]), []],
    ["Google's update", google(["js"], ["consent", "update", { analytics_storage: "granted" }]), ["granted"]],
    ["an update about something else", google(["consent", "update", { ad_storage: "granted" }]), []],
    ["entries of another kind", google(["event", "x"], []), []],
  ] as [string, () => void, string[]][])("hears of %s: %j", (_, prepare, expected) => {
    expect(decisions(prepare)).toEqual(expected);
  });

  it("does not overrule the browser", () => {
    Object.defineProperty(navigator, "globalPrivacyControl", { configurable: true, value: true });

    expect(decisions(tcf(loaded(true, [1, 7])))).toEqual(["denied"]);
    Reflect.deleteProperty(navigator, "globalPrivacyControl");
  });

  it("lets the data layer work on", () => {
    const consent = vi.fn();
    page.dataLayer = [];
    cmp(withVibn({ consent }));

    const length = (page.dataLayer as unknown[]).push(
      ["consent", "update", { analytics_storage: "granted" }],
      ["event"],
    );

    expect(length).toBe(2);
    expect(consent.mock.calls).toEqual([["granted"]]);
  });
});

describe("forms", () => {
  it("fills what is known, by path, and empties the rest", () => {
    document.body.innerHTML = ["utm_source", "last_touch.gclid", "umami.session_id", "umami", "utm_term", "a.b.c"]
      .map((name) => `<input data-vibn-field="${name}" value="old">`)
      .join("");

    forms(
      withVibn({
        ready: Promise.resolve(),
        getStoredAttribution: () => ({ utm_source: "x", last_touch: { gclid: "1" }, umami: { session_id: "s" } }),
      }),
    );

    expect([...document.querySelectorAll("input")].map(({ value }) => value)).toEqual(["x", "1", "s", "", "", ""]);
  });
});

describe("events", () => {
  it("records the name and the data of the element around the click", () => {
    const track = vi.fn();
    events(withVibn({ track }));
    document.body.innerHTML = `<a data-vibn-event="buy" data-vibn-event-plan="pro" class="x"><b>Buy</b></a><i>Nothing</i>`;

    document.querySelector("b")?.click();
    document.querySelector("i")?.click();

    expect(track.mock.calls).toEqual([["buy", { plan: "pro" }]]);
  });
});

describe("touch", () => {
  it("posts what is stored, with the site's cookies, now and after each change", async () => {
    const fetch = vi.spyOn(globalThis, "fetch").mockImplementation(async () => new Response(null, { status: 204 }));
    const kept = { first: { first_seen_at: "2026-11-24T09:30:00.000Z", utm_source: "x" } };
    const context = { _options: { touchUrl: "/v1/touch" }, _kept: () => kept } as unknown as Context;
    touch(context);
    const before = fetch.mock.calls.length;
    localStorage.setItem("vibn_attribution", encodeURIComponent(JSON.stringify(kept)));
    context._changed?.();

    expect(before).toBe(0);
    expect(fetch.mock.calls).toEqual([
      ["/v1/touch", { method: "POST", keepalive: true, credentials: "include", body: JSON.stringify(kept) }],
    ]);
  });
});
