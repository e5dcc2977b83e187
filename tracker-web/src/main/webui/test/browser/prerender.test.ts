import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it, onTestFinished, vi } from "vitest";
import { chromiumPath, stage } from "./support/browser";

beforeAll(() => stage.start());
afterAll(() => stage.stop());

/** A Chromium that nobody steers: one under remote control loads nothing in advance. */
function browse(address: string): () => Promise<void> {
  const profile = mkdtempSync(join(tmpdir(), "vibn-prerender-"));
  const child = spawn(
    chromiumPath(),
    [
      "--headless",
      "--no-sandbox",
      "--disable-gpu",
      "--no-first-run",
      "--host-resolver-rules=MAP * 127.0.0.1",
      `--user-data-dir=${profile}`,
      address,
    ],
    { detached: true },
  );
  const exit = new Promise((resolve) => child.on("exit", resolve));
  return async () => {
    // With its helpers, which would go on writing.
    process.kill(-(child.pid as number));
    await exit;
    await vi.waitFor(() => rmSync(profile, { recursive: true, force: true }), { timeout: 20_000 });
  };
}

it("a page that the browser loads in advance takes no touch and counts no view until it is opened", async () => {
  const ahead = "/ahead?utm_source=google&gclid=1";
  const report = `const report = (when) => fetch("/" + when, { method: "POST", body: JSON.stringify(
    { prerendering: document.prerendering, cookie: document.cookie, kept: window.vibn?.getStoredAttribution() ?? null }) });`;
  stage.pages["/start"] = {
    attributes: { src: "data:text/javascript," },
    body: `<script type="speculationrules">{"prerender":[{"source":"list","urls":["${ahead}"],"eagerness":"immediate"}]}</script>
      <script>
        const ask = async () => {
          const { ok } = await fetch("/go", { method: "POST", body: "{}" });
          if (ok) location.href = "${ahead}"; else setTimeout(ask, 100);
        };
        ask();
      </script>`,
  };
  stage.pages["/ahead"] = {
    head: `<script>${report}
      addEventListener("load", () => report("loaded"));
      document.addEventListener("prerenderingchange", () => setTimeout(() => vibn.ready.then(() => report("opened"))));
    </script>`,
  };

  stage.failures["/go"] = Array(10_000).fill(404);
  onTestFinished(browse(stage.at("http://www.example.com/start")));
  await expect.poll(() => stage.told("/loaded").length, { timeout: 50_000 }).toBe(1);
  const viewsBefore = stage.umami("event").length;
  stage.failures["/go"] = [];
  await expect.poll(() => stage.told("/opened").length, { timeout: 50_000 }).toBe(1);
  await expect.poll(() => stage.umami("event").length).toBe(1);

  expect(stage.told("/loaded")).toEqual([{ prerendering: true, cookie: "", kept: {} }]);
  expect(viewsBefore).toBe(0);
  expect(stage.told("/opened")[0]).toMatchObject({ prerendering: false, kept: { utm_source: "google", gclid: "1" } });
  expect(stage.told("/opened")[0].cookie).toContain("vibn_attribution=");
});
