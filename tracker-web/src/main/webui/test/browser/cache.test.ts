import { describe, expect, it } from "vitest";
import { go, open, quiet, stage, stored, vibn, visitor, withStage } from "./support/browser";

withStage({ cache: true });

describe("a page from the browser's cache", () => {
  it("is the same page: no second arrival, and who left meanwhile is gone", async () => {
    const context = await visitor();
    const page = await open(context, `https://www.example.com/ad?utm_source=google`);
    await page.evaluate(() =>
      addEventListener("pageshow", (event) => {
        (window as unknown as { restored: boolean }).restored = event.persisted;
      }),
    );
    await vibn(page, "identify", { userId: "ada", signature: "s" });
    // A page with requests under way is not kept.
    await quiet(page);
    await go(page, "https://www.example.com/logout?utm_source=twitter");
    await vibn(page, "reset");
    await page.goBack({ waitUntil: "commit" });
    await page.waitForFunction(() => (window as unknown as { restored?: boolean }).restored);
    const before = stage.umami("event").length;
    await vibn(page, "track", "clicked");

    expect((await stored(page)).utm_source).toBeUndefined();
    await expect.poll(() => stage.umami("event").length).toBe(before + 1);
    expect(stage.umami("event").at(-1).id).toBeUndefined();
  });
});
