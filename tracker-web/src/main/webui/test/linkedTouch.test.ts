import { describe, expect, it } from "vitest";
import { fromLink, LINK_LIFE, toLink } from "../src/linkedTouch";

const NOW = Date.UTC(2026, 10, 24, 9, 30);
const touch = { first_seen_at: "2026-11-24T09:00:00.000Z", utm_source: "größe +/=?", landing_page: "https://a.test/" };
const kept = { first: touch, last: touch };

describe("a link's parameter", () => {
  it("carries the touches to the host that it was made for", () => {
    const parameter = toLink(kept, "shop.test", NOW);

    expect(parameter).toMatch(/^[\w.-]+$/);
    expect(fromLink(parameter, "shop.test", NOW + LINK_LIFE)).toEqual(kept);
  });

  it.each([
    ["for another host", "other.test", 0],
    ["when it is too old", "shop.test", LINK_LIFE + 1],
    ["from the future", "shop.test", -1],
  ])("is nothing %s", (_, host, age) => {
    expect(fromLink(toLink(kept, "shop.test", NOW), host, NOW + age)).toBeUndefined();
  });

  it("is nothing when a character of it is changed or missing", () => {
    const parameter = toLink(kept, "shop.test", NOW);
    const damaged = [...parameter].map((character, i) => {
      const other = character === "a" ? "b" : "a";
      return parameter.slice(0, i) + other + parameter.slice(i + 1);
    });
    for (const each of [...damaged, parameter.slice(0, -1), "", ".", "x", `${parameter}.`.slice(3)])
      expect(fromLink(each, "shop.test", NOW), each).toBeUndefined();
  });

  it("never carries who somebody is", () => {
    const forged = toLink(
      { ...kept, user_id: "eve", who: ["eve"], first: { ...touch, user_id: "eve" } } as never,
      "shop.test",
      NOW,
    );

    expect(JSON.stringify(fromLink(forged, "shop.test", NOW))).not.toContain("eve");
  });
});
