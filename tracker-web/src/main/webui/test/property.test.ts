import fc from "fast-check";
import { expect, it } from "vitest";
import { fromLink } from "../src/linkedTouch";
import { originOf } from "../src/originOf";
import { PARAMETERS } from "../src/parameters";
import { readTouch } from "../src/readTouch";
import { save } from "../src/storage";
import { cleaned, readKept, withTouch } from "../src/touches";

const text = fc.oneof(fc.string({ unit: "binary" }), fc.string(), fc.webUrl({ withQueryParameters: true }));
/** What somebody may have written into a cookie, from noise to nearly right. */
const stored = fc.oneof(
  text,
  fc.json().map(encodeURIComponent),
  fc
    .record({
      first: fc.dictionary(
        fc.oneof(fc.constantFrom(...PARAMETERS, "first_seen_at", "referrer"), text),
        fc.oneof(text, fc.integer()),
      ),
      last: fc.oneof(
        fc.anything(),
        fc.record({ first_seen_at: fc.constant("2026-11-24T09:30:00Z"), utm_source: text }),
      ),
      since: fc.anything(),
    })
    .map((value) => {
      try {
        return encodeURIComponent(JSON.stringify(value));
      } catch {
        return "";
      }
    }),
);
const allowed = new Set([...PARAMETERS, "referrer", "landing_page", "first_seen_at"]);

it("never throws, never stores more than 2 KB, never keeps a parameter outside the list, whatever address, cookie and referrer", () => {
  fc.assert(
    fc.property(
      fc.dictionary(fc.oneof(fc.constantFrom(...PARAMETERS), text), text),
      text,
      text,
      stored,
      fc.boolean(),
      (query, fragment, referrer, before, inHash) => {
        localStorage.setItem("vibn_attribution", before);
        const search = new URLSearchParams(query).toString();
        const href = `https://example.com/?${search}#${encodeURIComponent(fragment)}`;
        const external = originOf(referrer, "example.com", ["", fragment]) ? referrer : "";
        fromLink(fragment, "example.com", Date.now());
        save(withTouch(readKept(), readTouch(href, external, inHash, Date.now())), 90);
        const kept = readKept();

        expect(kept.first).toBeDefined();
        for (const touch of [kept.first, kept.last, cleaned(kept.first)])
          expect(Object.keys(touch ?? {}).filter((name) => !allowed.has(name))).toEqual([]);
        const pair = document.cookie.split("; ").find((each) => each.startsWith("vibn_attribution=")) ?? "";
        expect(pair.length).toBeGreaterThan(20);
        expect(pair.length).toBeLessThanOrEqual(2048);
      },
    ),
    { numRuns: 10_000 },
  );
}, 120_000);
