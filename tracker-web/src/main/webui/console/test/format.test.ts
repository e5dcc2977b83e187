import { describe, expect, it } from "vitest";
import { Format } from "../src/format";

const format = new Format("en-GB", "Europe/Berlin", () => Date.parse("2026-11-25T12:00:00Z"));

describe("durations", () => {
  it.each([
    [0, "0 seconds", "0 s"],
    [1, "1 second", "1 s"],
    [59, "59 seconds", "59 s"],
    [60, "1 minute", "1 min"],
    [3599, "59 minutes", "59 min 59 s"],
    [3600, "1 hour", "1 h"],
    [86_399, "23 hours", "23 h 59 min"],
    [86_400, "1 day", "1 d"],
    [190_000, "2 days", "2 d 4 h"],
    [100_000_000, "1,157 days", "1,157 d 9 h"],
    [null, "–", "–"],
  ])("%s s reads %s, short %s", (seconds, long, short) => {
    expect([format.duration(seconds), format.shortDuration(seconds)]).toEqual([long, short]);
  });
});

describe("numbers", () => {
  it("groups digits, and has a dash for what is not known", () => {
    expect([format.number(1_234_567), format.number(0), format.number(null)]).toEqual(["1,234,567", "0", "–"]);
    expect([format.percent(0.3), format.percent(0.12345), format.percent(1), format.percent(null)]).toEqual([
      "30.0%",
      "12.3%",
      "100.0%",
      "–",
    ]);
  });

  it("keeps money exact, in the decimals of its currency", () => {
    expect(format.money({ currency: "EUR", value: "123.45" })).toBe("€123.45");
    expect(format.money({ currency: "EUR", value: "9007199254740993.45" })).toBe("€9,007,199,254,740,993.45");
    expect(format.money({ currency: "JPY", value: "1200" })).toBe("JP¥1,200");
    expect(format.money({ currency: "EUR", value: "-5" })).toBe("-€5.00");
  });

  it("names amounts of several currencies side by side", () => {
    const amounts = [
      { currency: "EUR", value: "10" },
      { currency: "USD", value: "3.5" },
    ];

    expect([format.revenue(amounts), format.revenue([])]).toEqual(["€10.00\nUS$3.50", "–"]);
  });

  it("says a change with its direction, and none against nothing", () => {
    expect([format.change(12, 10), format.change(8, 10), format.change(10, 10)]).toEqual(["+20.0%", "−20.0%", "±0.0%"]);
    expect([format.change(5, 0), format.change(5, null), format.change(null, 5)]).toEqual([null, null, null]);
  });
});

describe("times", () => {
  it("are those of the time zone, with the year only when it is another one", () => {
    expect(format.dateTime("2026-10-03T12:02:00Z")).toBe("3 Oct, 14:02");
    expect(format.dateTime("2025-12-31T23:30:00Z")).toBe("1 Jan, 00:30");
    expect(format.dateTime("2024-02-29T10:00:00Z")).toBe("29 Feb 2024, 11:00");
    expect(format.dateTime(null)).toBe("–");
  });

  it("of a report are local dates already", () => {
    expect(new Format("en-GB", "America/Los_Angeles").localDate("2026-10-05")).toBe("5 Oct");
  });
});
