import { describe, expect, it } from "vitest";
import { daysOf, intervalOf, periodOf, plusDays, startOf, today } from "../src/period";

describe("periods", () => {
  it.each([
    ["7d", "2026-11-19", "2026-11-26"],
    ["30d", "2026-10-27", "2026-11-26"],
    ["month", "2026-11-01", "2026-12-01"],
    ["last-month", "2026-10-01", "2026-11-01"],
  ] as const)("%s", (preset, from, to) => expect(periodOf(preset, "2026-11-25")).toEqual({ from, to }));

  it("cross the turn of the year", () => {
    expect(periodOf("last-month", "2026-01-15")).toEqual({ from: "2025-12-01", to: "2026-01-01" });
    expect(periodOf("month", "2026-12-31")).toEqual({ from: "2026-12-01", to: "2027-01-01" });
    expect(plusDays("2028-02-28", 1)).toBe("2028-02-29");
  });

  it("have bars that can be told apart", () => {
    const of = (days: number) => intervalOf({ from: "2026-01-01", to: plusDays("2026-01-01", days) });

    expect([of(1), of(62), of(63), of(366), of(367)]).toEqual(["day", "day", "week", "week", "month"]);
    expect(daysOf({ from: "2026-03-28", to: "2026-03-30" })).toBe(2);
  });

  it("begin with the caller's day", () => {
    const now = Date.parse("2026-11-25T23:30:00Z");

    expect([today("UTC", now), today("Europe/Berlin", now)]).toEqual(["2026-11-25", "2026-11-26"]);
  });
});

describe("a date's first instant", () => {
  it.each([
    ["2026-07-01", "UTC", "2026-07-01T00:00:00Z"],
    ["2026-07-01", "Europe/Berlin", "2026-06-30T22:00:00Z"],
    ["2026-03-29", "Europe/Berlin", "2026-03-28T23:00:00Z"],
    ["2026-03-30", "Europe/Berlin", "2026-03-29T22:00:00Z"],
    ["2026-10-25", "Europe/Berlin", "2026-10-24T22:00:00Z"],
    ["2026-10-26", "Europe/Berlin", "2026-10-25T23:00:00Z"],
    ["2026-07-01", "Asia/Kathmandu", "2026-06-30T18:15:00Z"],
    // Midnight is skipped.
    ["2018-11-04", "America/Sao_Paulo", "2018-11-04T03:00:00Z"],
    // Midnight comes twice.
    ["2018-02-18", "America/Sao_Paulo", "2018-02-18T03:00:00Z"],
    ["2026-11-01", "America/Havana", "2026-11-01T04:00:00Z"],
  ])("%s in %s is %s", (date, zone, instant) => expect(startOf(date, zone)).toBe(instant));
});
