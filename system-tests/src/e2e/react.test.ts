import { join } from "node:path";
import { build } from "esbuild";
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { useBrowser, visitor } from "./support/browser";
import { ROOT } from "./support/launcher";
import { value } from "./support/stack";

useBrowser();

const APPLICATION = `
  import { StrictMode, useEffect, useState } from "react";
  import { createRoot } from "react-dom/client";
  import { version } from "react";
  import { useVibnTracker, VibnTrackerProvider } from "@vibn/tracker/react";

  const hooks = new Set();
  function Child() {
    const vibn = useVibnTracker();
    const [source, setSource] = useState("");
    hooks.add(vibn.identify);
    // Runs before the provider's own effect.
    useEffect(() => setSource(vibn.getStoredAttribution().utm_source), [vibn]);
    return <p id="child" data-version={version} data-hooks={hooks.size}>{source}</p>;
  }
  window.mount = (options) => {
    const root = createRoot(document.getElementById("root"));
    root.render(<StrictMode><VibnTrackerProvider {...options}><Child /></VibnTrackerProvider></StrictMode>);
    return root;
  };
`;

async function bundle(react: string): Promise<string> {
  const modules = join(ROOT, "node_modules");
  const { outputFiles } = await build({
    stdin: { contents: APPLICATION, loader: "jsx", resolveDir: ROOT },
    bundle: true,
    write: false,
    format: "iife",
    jsx: "automatic",
    define: { "process.env.NODE_ENV": '"development"' },
    alias: { react: join(modules, `react${react}`), "react-dom": join(modules, `react-dom${react}`) },
  });
  return String(outputFiles[0]?.text);
}

/** A page of the demo site's host with this application in it. */
async function open(react: string): Promise<Page> {
  const script = await bundle(react);
  const page = await visitor();
  const url = `${value("DEMO_SITE_URL")}/react`;
  await page.route(`${url}**`, (route) =>
    route.fulfill({ contentType: "text/html", body: `<!doctype html><div id="root"></div><script>${script}</script>` }),
  );
  await page.goto(`${url}?utm_source=google`);
  await page.evaluate((options) => (window as unknown as { mount(o: object): void }).mount(options), {
    umamiWebsiteId: value("UMAMI_WEBSITE_ID"),
    umamiScriptUrl: `${value("UMAMI_URL")}/script.js`,
  });
  return page;
}

describe.each([
  ["18", "-18"],
  ["19", ""],
])("VibnTrackerProvider with React %s, in strict mode", (version, react) => {
  it("gives children the stored touch in their first effect", async () => {
    const page = await open(react);

    await page.waitForFunction(() => document.getElementById("child")?.textContent === "google");
    expect(await page.getAttribute("#child", "data-version")).toMatch(new RegExp(`^${version}\\.`));
  });

  it("starts one tracker, and its functions stay the same", async () => {
    const page = await open(react);
    await page.waitForFunction(() => document.getElementById("child")?.textContent === "google");

    expect(await page.locator(`script[src='${value("UMAMI_URL")}/script.js']`).count()).toBe(1);
    expect(await page.getAttribute("#child", "data-hooks")).toBe("1");
  });
});
