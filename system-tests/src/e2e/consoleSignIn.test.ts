import { describe, expect, it } from "vitest";
import { clickTheAd, signUp, useBrowser, view, visitor } from "./support/browser";
import { attribution, eventually, value } from "./support/stack";

useBrowser();

// The quickstart's console signs in by itself; docker/prove runs this against a console as it is delivered.
describe.runIf(process.env.STACK_ENV)("the console as it is delivered", () => {
  it("shows a user to who pastes the read key, and forgets the key with the page", async () => {
    const site = await visitor();
    await clickTheAd(site);
    await view(site, "/signup");
    const user = await signUp(site, "Compose");
    await eventually(
      () => attribution(user),
      ({ status }) => status === 200,
    );
    const page = await visitor();
    await page.goto(`${value("TRACKER_URL")}/console/#/users/${user}`);

    await page.fill("input[type=password]", value("READ_KEY"));
    await page.click("text=Use this key");

    await page.waitForSelector(".lead:has-text('Came from Google Ads')");
    await page.reload();
    await page.waitForSelector("input[type=password]");
    expect(await page.content()).not.toContain(value("READ_KEY"));
  });
});
