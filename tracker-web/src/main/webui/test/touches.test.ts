import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import { isExternal } from "../src/isExternal";
import { PARAMETERS } from "../src/parameters";
import { isDirect, readTouch } from "../src/readTouch";
import { load, save } from "../src/storage";
import { readKept, withTouch } from "../src/touches";
import type { Touch } from "../src/types";

const NOW = Date.UTC(2026, 10, 24, 9, 30);
const at = (query: string, referrer = "") =>
  readTouch(`https://www.example.com/pricing${query}`, referrer, "example.com", [], NOW);

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
    ["https://accounts.google.com/signin"],
    ["https://checkout.stripe.com/c/pay"],
    ["https://www.paypal.com/checkout"],
    ["https://app.example.com/"],
    ["https://example.com/"],
    [""],
    ["nonsense"],
  ])("does not count %s as a referrer", (referrer) => {
    expect(isDirect(at("", referrer))).toBe(true);
  });

  it.each([["https://t.co/abc"], ["https://notexample.com/"], ["https://google.com/"]])("counts %s", (referrer) => {
    expect(at("", referrer).referrer).toBe(referrer);
  });

  it("leaves out the hosts that the operator names", () => {
    expect(isExternal("https://sso.partner.test/x", "example.com", ["partner.test"])).toBe(false);
  });
});

describe("withTouch", () => {
  const direct = at("");
  const twitter = at("?utm_source=twitter");
  const google = at("?utm_source=google&gclid=1");

  it("freezes the first touch that is not direct", () => {
    const kept = [twitter, google, direct].reduce(withTouch, {});

    expect(kept).toEqual({ first: twitter, last: google });
  });

  it("lets a direct first touch give way once, whole", () => {
    const kept = [direct, google, twitter].reduce(withTouch, {});

    expect(kept).toEqual({ first: google, last: twitter });
  });
});

describe("storage", () => {
  beforeEach(() => save(undefined, 0, ""));

  it("reads back what it wrote", () => {
    save({ first: at("?utm_source=x") }, 90, "");

    expect(readKept()).toEqual({ first: at("?utm_source=x") });
    expect(document.cookie).toContain("vibn_attribution=");
  });

  it("reads the copy where cookies are refused", () => {
    localStorage.setItem("vibn_attribution", encodeURIComponent(JSON.stringify({ first: at("?utm_source=x") })));

    expect(readKept().first?.utm_source).toBe("x");
  });

  it.each([["{"], ["%"], ["null"], ["17"], [encodeURIComponent('{"first":7,"last":{"a":{}}}')], ["x".repeat(5000)]])(
    "takes %s for nothing",
    (text) => {
      localStorage.setItem("vibn_attribution", text);

      expect(readKept()).toEqual({});
    },
  );

  it("writes nothing that is too large", () => {
    save({ first: { first_seen_at: "x", referrer: "ü".repeat(2000) } }, 90, "");

    expect(load()).toBeUndefined();
  });
});

describe("any address, cookie and referrer", () => {
  const text = fc.oneof(fc.string({ unit: "binary" }), fc.string(), fc.webUrl({ withQueryParameters: true }));
  const allowed = new Set([...PARAMETERS, "referrer", "landing_page", "first_seen_at"]);

  it("never throws, never stores more than 2 KB, never keeps a parameter outside the list", () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.oneof(fc.constantFrom(...PARAMETERS), text), text),
        text,
        text,
        (query, referrer, stored) => {
          localStorage.setItem("vibn_attribution", stored);
          const search = new URLSearchParams(query).toString();
          const touch: Touch = readTouch(`https://example.com/?${search}`, referrer, "example.com", [], NOW);
          const kept = withTouch(readKept(), touch);
          save(kept, 90, "");

          expect(Object.keys(touch).every((name) => allowed.has(name))).toBe(true);
          expect(document.cookie.length).toBeLessThanOrEqual(2100);
          expect((localStorage.getItem("vibn_attribution") ?? "").length).toBeLessThanOrEqual(
            Math.max(2048, stored.length),
          );
        },
      ),
      { numRuns: 10_000 },
    );
  });
});
