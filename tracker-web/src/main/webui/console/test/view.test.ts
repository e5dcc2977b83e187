import { describe, expect, it } from "vitest";
import { readRoute, writeRoute } from "../page/route";
import { drill, readView, reportOf, START, usersOf, writeView } from "../src/acquisitionView";

describe("a view of the report", () => {
  it("comes back from its link", () => {
    const view = drill({ ...START, touch: "both", compare: true, period: "90d", sort: "value" }, "Paid & Social");

    expect(readView(writeView(view))).toEqual(view);
    expect(writeView(START)).toBe("");
  });

  it("ignores what it does not know", () => {
    expect(readView("by=nonsense&touch=5&from=2026-99&to=x&period=1y&measure=%00&__proto__=1&constructor=2")).toEqual(
      START,
    );
    expect(readView("from=2026-02-01&to=2026-01-01").period).toBe("30d");
  });

  it("drills from a channel to its campaigns to their contents", () => {
    const campaigns = drill(START, "Paid Search");
    const contents = drill(campaigns, null);

    expect([campaigns.by, campaigns.filters]).toEqual(["utm_campaign", [["channel", "Paid Search"]]]);
    expect([contents.by, contents.filters]).toEqual([
      "utm_content",
      [
        ["channel", "Paid Search"],
        ["utm_campaign", ""],
      ],
    ]);
  });

  it("asks the report for exactly that", () => {
    const view = readView("from=2026-10-01&to=2026-11-01&by=utm_source&compare=previous&channel=Email&channel=");

    expect(reportOf(view, "Europe/Berlin")).toEqual([
      ["by", "utm_source"],
      ["touch", "first"],
      ["interval", "day"],
      ["time_zone", "Europe/Berlin"],
      ["from", "2026-10-01"],
      ["to", "2026-11-01"],
      ["compare", "previous"],
      ["channel", "Email"],
      ["channel", ""],
    ]);
  });

  it("asks for users by the same days, and not where the list could not be narrowed so", () => {
    const users = (query: string) => usersOf(readView(`from=2026-10-25&to=2026-10-26&${query}`), "Europe/Berlin");

    expect(users("channel=Email&utm_campaign=a")).toEqual([
      ["channel", "Email"],
      ["utm_campaign", "a"],
      ["from", "2026-10-24T22:00:00Z"],
      ["to", "2026-10-25T23:00:00Z"],
    ]);
    expect(users("utm_campaign=")).toBeNull();
    expect(users("utm_campaign=a&utm_campaign=b")).toBeNull();
    expect(users("landing_page=/x")).toBeNull();
  });
});

describe("a route of the page", () => {
  it.each(["ada", "a/b?c#d", "100 %", "ü€\u0000", '"><script>'])("leads to the user %j and back", (userId) => {
    const address = writeRoute({ name: "users", userId });

    expect(readRoute(address)).toEqual({ name: "users", userId });
    expect(address).toMatch(/^#\/users\/[A-Za-z0-9%.*!'()~_-]+$/);
  });

  it("keeps the view of a report", () => {
    expect(readRoute("#/acquisition?by=trust")).toEqual({ name: "acquisition", view: "by=trust" });
    expect(readRoute("#/funnel?step=path:/a?b")).toEqual({ name: "funnel", view: "step=path:/a?b" });
    expect(writeRoute({ name: "funnel", view: "" })).toBe("#/funnel");
  });

  it("is the report where nothing else is said", () => {
    expect(readRoute("")).toEqual({ name: "acquisition", view: "" });
    expect(readRoute("#/users/%E0%A4%A")).toEqual({ name: "users", userId: "%E0%A4%A" });
  });
});
