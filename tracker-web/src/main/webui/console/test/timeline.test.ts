import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Milestone, merge, timeline } from "../src/timeline";
import type { TrailEvent } from "../src/types";

const at = (minute: number) => new Date(Date.UTC(2026, 9, 3, 12, minute)).toISOString();
const event = (minute: number, session = "s1", visit = "v1"): TrailEvent => ({
  event_id: `${session}-${minute}`,
  occurred_at: at(minute),
  type: "pageview",
  url_path: `/${minute}`,
  session_id: session,
  visit_id: visit,
});
const signup = (minute: number): Milestone => ({ id: "signup", at: at(minute), kind: "signup", label: "Signed up" });
const shape = (...args: Parameters<typeof timeline>) =>
  timeline(...args).map(({ entries }) =>
    entries.map((entry) => ("event" in entry ? entry.event.url_path : entry.milestone.label)),
  );

describe("merging pages", () => {
  it("keeps each event once, newest first, when pages overlap", () => {
    const merged = merge([event(5), event(3)], [event(3), event(1)]);

    expect(merged.map(({ url_path }) => url_path)).toEqual(["/5", "/3", "/1"]);
  });

  it("takes the later answer of an event", () => {
    expect(merge([event(1)], [{ ...event(1), shared: true }])[0]?.shared).toBe(true);
  });

  it("does not depend on how the events were cut into pages, or on their order", () => {
    const events = fc.uniqueArray(fc.nat(200), { maxLength: 40 }).map((minutes) => minutes.map((at) => event(at)));
    fc.assert(
      fc.property(events, fc.nat(40), fc.nat(40), (all, cut, overlap) => {
        const pages = merge(all.slice(0, cut + overlap), all.slice(cut));

        expect(merge([], pages)).toEqual(merge(all, []));
        expect(pages.map(({ event_id }) => event_id)).toEqual(merge(all, []).map(({ event_id }) => event_id));
      }),
    );
  });

  it("compares times whatever their decimals", () => {
    const precise = { ...event(1), event_id: "precise", occurred_at: "2026-10-03T12:01:00.5Z" };

    expect(merge([event(1)], [precise]).map(({ event_id }) => event_id)).toEqual(["precise", "s1-1"]);
  });
});

describe("the timeline", () => {
  it("has a block for each visit", () => {
    const events = [event(9, "s2", "v3"), event(8, "s1", "v2"), event(2), event(1)];

    expect(shape(events, [], false)).toEqual([["/9"], ["/8"], ["/2", "/1"]]);
  });

  it("marks the signup within the visit it happened in", () => {
    expect(shape([event(5), event(1)], [signup(3)], false)).toEqual([["/5", "Signed up", "/1"]]);
  });

  it("lets it stand alone between two visits, before all and after all", () => {
    const events = [event(9, "s2"), event(1)];

    expect(shape(events, [signup(5)], false)).toEqual([["/9"], ["Signed up"], ["/1"]]);
    expect(shape(events, [signup(0)], false)).toEqual([["/9"], ["/1"], ["Signed up"]]);
    expect(shape(events, [signup(10)], false)).toEqual([["Signed up"], ["/9"], ["/1"]]);
    expect(shape([], [signup(1)], false)).toEqual([["Signed up"]]);
  });

  it("waits with a milestone that is older than what is loaded", () => {
    expect(shape([event(9)], [signup(5)], true)).toEqual([["/9"]]);
    expect(shape([], [signup(5)], true)).toEqual([]);
  });

  it("keeps a block's key when newer events arrive", () => {
    const [before] = timeline([event(1)], [], false);
    const [after] = timeline([event(2), event(1)], [], false);

    expect(after?.key).toBe(before?.key);
  });
});
