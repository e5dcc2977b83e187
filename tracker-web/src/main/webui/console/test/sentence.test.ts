import { describe, expect, it } from "vitest";
import { Format } from "../src/format";
import { hostOf, pathOf, senderOf, sentence } from "../src/sentence";
import type { Touch } from "../src/types";

const format = new Format("en-GB", "Europe/Berlin", () => Date.parse("2026-11-25T12:00:00Z"));
const said = (touch: Touch, signedUpAt: string | null = "2026-10-05T13:00:00Z") =>
  sentence(touch, signedUpAt, format)
    .map(({ text }) => text)
    .join("");
const AD: Touch = {
  utm_source: "google",
  utm_medium: "cpc",
  utm_campaign: "spring",
  landing_page: "https://www.example.com/pricing?utm_source=google",
  first_seen_at: "2026-10-03T12:02:00Z",
};

describe("the sentence", () => {
  it("says who sent the user, when, where to, and how long it took", () => {
    expect(said(AD)).toBe(
      "Came from Google Ads, campaign spring, on 3 Oct at 14:02, landed on /pricing, signed up 2 days later.",
    );
  });

  it.each<[string, Touch, string]>([
    [
      "direct",
      { ...AD, utm_source: null, utm_medium: null, utm_campaign: null, direct: true },
      "Came directly on 3 Oct",
    ],
    [
      "a referrer",
      { ...AD, utm_source: null, utm_campaign: null, referrer: "https://www.example.org/x" },
      "Came from example.org on 3 Oct",
    ],
    ["only a click id", { click_ids: { gclid: "x" } }, "Came from Google Ads, signed up on 5 Oct at 15:00."],
    ["another click id", { click_ids: { ttclid: "x" } }, "Came from a click with ttclid"],
    [
      "a source of their own",
      { utm_source: "Partner GmbH", utm_medium: "referral" },
      "Came from Partner GmbH, signed up",
    ],
    ["nothing known", {}, "Came directly, signed up on 5 Oct at 15:00."],
  ])("of %s", (_, touch, start) => expect(said(touch)).toContain(start));

  it("does not claim a time before the first sight", () => {
    expect(said(AD, "2026-10-01T10:00:00Z")).toContain("signed up on 1 Oct at 12:00.");
    expect(said(AD, AD.first_seen_at ?? null)).toContain("signed up at once.");
    expect(said(AD, null)).toMatch(/landed on \/pricing\.$/);
  });

  it("stresses what tells one user from another", () => {
    const strong = sentence(AD, null, format).filter((word) => word.strong);

    expect(strong.map(({ text }) => text)).toEqual(["Google Ads", "spring", "/pricing"]);
  });
});

it("takes what is no address as it is", () => {
  expect([hostOf("<b>"), pathOf("<b>?x#y"), pathOf("/a?b"), hostOf("https://www.a.example/")]).toEqual([
    "<b>",
    "<b>",
    "/a",
    "a.example",
  ]);
  expect(senderOf({ utm_source: "google", utm_medium: "organic" })).toBe("Google");
});
