import { beforeEach, describe, expect, it, vi } from "vitest";
import { readTouch } from "../src/readTouch";
import { erase, fitted, load, save } from "../src/storage";
import { cleaned, readKept, withTouch } from "../src/touches";

const NOW = Date.UTC(2026, 10, 24, 9, 30);
const at = (query: string) => readTouch(`https://www.example.com/pricing${query}`, "", false, NOW);
const first = at("?utm_source=x");

beforeEach(() => {
  erase();
  vi.restoreAllMocks();
});

describe("storage", () => {
  it("reads back what it wrote, from the cookie alone", () => {
    expect(save({ first }, 90)).toBe(true);

    expect(readKept()).toEqual({ first });
    expect(document.cookie).toContain("vibn_attribution=");
    expect(localStorage.length + sessionStorage.length).toBe(0);
  });

  it("reads the copy where cookies are refused", () => {
    localStorage.setItem("vibn_attribution", encodeURIComponent(JSON.stringify({ first })));

    expect(readKept().first?.utm_source).toBe("x");
  });

  it("erases everything", () => {
    save({ first }, 90);
    localStorage.setItem("vibn_attribution", "x");
    sessionStorage.setItem("vibn_attribution", "x");

    erase();

    expect(load()).toBeUndefined();
    expect(document.cookie).not.toMatch(/vibn_attribution=./);
    expect(localStorage.length + sessionStorage.length).toBe(0);
  });

  it.each([
    ["{"],
    ["%"],
    ["null"],
    ["17"],
    ["%22x%22"],
    [encodeURIComponent('{"first":7,"last":{"a":{}}}')],
    ["x".repeat(5000)],
  ])("takes %s for nothing", (text) => {
    localStorage.setItem("vibn_attribution", text);

    expect(readKept()).toEqual({});
  });
});

describe("fitted", () => {
  const says = (value: object) => JSON.parse(decodeURIComponent(fitted(value)));

  it("leaves what fits as it is", () => {
    expect(says({ first, last: first })).toEqual({ first, last: first });
  });

  it("gives up the query of the landing pages first", () => {
    const rich = at(`?utm_source=${"s".repeat(140)}&utm_campaign=${"c".repeat(140)}&gclid=${"g".repeat(140)}`);

    const { first, last } = says({ first: rich, last: rich });

    expect(first).toEqual({ ...rich, landing_page: "https://www.example.com/pricing" });
    expect(last).toEqual(first);
  });

  it("then cuts all values at one length, and never a time", () => {
    const query = ["utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content", "gclid", "fbclid"]
      .map((name) => `${name}=${"ü".repeat(150)}`)
      .join("&");
    const huge = at(`?${query}`);

    const kept = says({ first: huge, last: huge, since: huge.first_seen_at });

    const lengths = new Set([kept.first.utm_source.length, kept.last.gclid.length, kept.first.fbclid.length]);
    expect(lengths.size).toBe(1);
    expect([...lengths][0]).toBeGreaterThan(5);
    expect(kept.first.first_seen_at).toBe(huge.first_seen_at);
    expect(kept.since).toBe(huge.first_seen_at);
    expect(`vibn_attribution=${fitted(kept)}`.length).toBeLessThanOrEqual(2048);
  });
});

describe("cleaned", () => {
  it("lets through known fields that are text, and nothing without a time", () => {
    expect(cleaned({ ...first, user_id: "eve", utm_medium: 7, first_seen_at: "2026-11-24T10:30:00+01:00" })).toEqual(
      first,
    );
    for (const value of [undefined, null, 7, "x", {}, { first_seen_at: "soon" }])
      expect(cleaned(value)).toBeUndefined();
  });
});

describe("withTouch", () => {
  const direct = at("");
  const twitter = at("?utm_source=twitter");
  const google = at("?utm_source=google&gclid=1");

  it("freezes the first touch that is not direct", () => {
    expect([twitter, google, direct].reduce(withTouch, {})).toEqual({ first: twitter, last: google });
  });

  it("lets a direct first touch give way once, whole", () => {
    expect([direct, google, twitter].reduce(withTouch, {})).toEqual({ first: google, last: twitter });
  });
});
