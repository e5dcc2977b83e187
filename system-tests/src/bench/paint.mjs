// How long a user's profile in the console takes from the click on its link until it is painted, in a browser that has
// nothing of it yet. Usage, with ./quickstart running: node system-tests/src/bench/paint.mjs [console's address] [user] [times]
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const [address = "http://localhost:8080/console/", user = "ada-lovelace", times = "15"] = process.argv.slice(2);
const executablePath = execFileSync(fileURLToPath(new URL("../../../build/find-chromium", import.meta.url)), {
  encoding: "utf8",
}).trim();
const browser = await chromium.launch({ executablePath, args: ["--headless", "--no-sandbox", "--disable-gpu"] });

/** Milliseconds since the navigation began: sentence, cards, totals and timeline stand on the screen. */
async function once() {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await page.goto(`${address}#/users/${encodeURIComponent(user)}`, { waitUntil: "commit" });
  const painted = await page.waitForFunction(() => {
    const shown = document.querySelector("vibn-user-profile")?.shadowRoot;
    if (!shown?.querySelector(".lead strong") || !shown.querySelector(".block")) return false;
    return new Promise((resolve) => requestAnimationFrame(() => setTimeout(() => resolve(performance.now()))));
  });
  const milliseconds = await painted.jsonValue();
  await context.close();
  return milliseconds;
}

await once();
const all = [];
for (let at = 0; at < Number(times); at++) all.push(await once());
await browser.close();
all.sort((a, b) => a - b);
const at = (share) => Math.round(all[Math.min(Math.floor(all.length * share), all.length - 1)]);
console.log(`${all.length} times: median ${at(0.5)} ms, 90th percentile ${at(0.9)} ms, slowest ${at(1)} ms`);
