import { describe, expect, it } from "vitest";
import { EXTERNAL, INTERMEDIARY, originOf } from "../src/originOf";
import { isDirect, readTouch } from "../src/readTouch";

const NOW = Date.UTC(2026, 10, 24, 9, 30);
const at = (query: string, referrer = "") => readTouch(`https://www.example.com/pricing${query}`, referrer, false, NOW);

describe("readTouch", () => {
  it("takes campaign parameters and click ids, the referrer and the landing page", () => {
    expect(at("?utm_source=google&utm_medium=cpc&gclid=Cj0K", "https://www.google.com/search?q=x")).toEqual({
      first_seen_at: "2026-11-24T09:30:00.000Z",
      utm_source: "google",
      utm_medium: "cpc",
      gclid: "Cj0K",
      referrer: "https://www.google.com/search",
      landing_page: "https://www.example.com/pricing?utm_source=google&utm_medium=cpc&gclid=Cj0K",
    });
  });

  it("keeps nothing else of a query: not an email address, not a token", () => {
    const touch = at("?email=ada%40example.com&token=s3cret&utm_source=x", "https://mail.example.org/?user=ada");

    expect(JSON.stringify(touch)).not.toMatch(/ada|s3cret/);
    expect(touch.landing_page).toBe("https://www.example.com/pricing?utm_source=x");
  });

  it.each([
    ["#utm_source=x", "x"],
    ["#/page?utm_source=x", "x"],
    ["#/page?a=b&utm_source=x", "x"],
    ["?utm_source=query#utm_source=hash", "query"],
    ["#/page", undefined],
  ])("reads %s with the fragment", (address, expected) => {
    expect(readTouch(`https://example.com/${address}`, "", true, NOW).utm_source).toBe(expected);
  });

  it("cuts long values", () => {
    expect(at(`?utm_source=${"x".repeat(500)}`).utm_source).toHaveLength(150);
  });

  it("is direct without campaign, click id and referrer", () => {
    expect(isDirect(at("?page=2"))).toBe(true);
    expect(isDirect(at("?_kx=1"))).toBe(false);
    expect(isDirect(at("", "https://t.co/"))).toBe(false);
  });
});

describe("originOf", () => {
  it.each([
    "https://accounts.google.com/signin",
    "https://accounts.google.de/",
    "https://appleid.apple.com/",
    "https://login.microsoftonline.com/",
    "https://login.live.com/",
    "https://checkout.stripe.com/c/pay",
    "https://hooks.stripe.com/3d_secure",
    "https://www.paypal.com/checkout",
    "https://paypal.com/",
    "https://tenant.eu.auth0.com/",
    "https://sso.partner.test/x",
  ])("calls %s an intermediary", (referrer) => {
    expect(originOf(referrer, "example.com", ["", "partner.test"])).toBe(INTERMEDIARY);
  });

  it.each([
    "https://app.example.com/",
    "https://example.com/",
    "http://www.example.com/",
    "",
    "nonsense",
    "about:blank",
  ])("hears nothing from %s", (referrer) => {
    expect(originOf(referrer, "example.com", [""])).toBe(0);
  });

  it.each([
    "https://t.co/abc",
    "https://notexample.com/",
    "https://google.com/",
    "https://notpaypal.com/",
    "https://stripe.com/blog",
  ])("calls %s external", (referrer) => {
    expect(originOf(referrer, "example.com", [""])).toBe(EXTERNAL);
  });

  it("knows the parent domain of a host as the site", () => {
    expect(originOf("https://www.example.com/", "app.example.com", [])).toBe(0);
  });
});
