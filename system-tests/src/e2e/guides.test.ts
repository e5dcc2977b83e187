import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { useBrowser, visitor } from "./support/browser";
import { ROOT } from "./support/launcher";
import { attribution, eventually, sign, value, values } from "./support/stack";

useBrowser();

const GUIDES = join(ROOT, "docs", "guides");
const folder = mkdtempSync(join(tmpdir(), "vibn-guides-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** The first block of code in this language in a guide that begins with these words. */
function snippet(guide: string, language: string, start = ""): string {
  const text = readFileSync(join(GUIDES, guide), "utf8");
  const blocks = [...text.matchAll(/```(\w+)\n([\s\S]*?)```/g)].filter(([, name]) => name === language);
  // A login waits two seconds; a test on a busy machine may take longer.
  const found = blocks
    .find(([, , code]) => code?.startsWith(start))?.[2]
    ?.replace("timeout(2000)", "timeout(30_000)")
    .replace("timeout=2)", "timeout=30)");
  if (!found) throw new Error(`${guide} has no ${language} that begins with "${start}"`);
  return found;
}

const run = (command: string, ...args: string[]) =>
  execFileSync(command, args, { cwd: folder, env: { ...process.env, ...values }, encoding: "utf8" }).trim();

/** What the tracker keeps, as the browser sends it. */
const cookie = (source: string) =>
  `theme=dark; vibn_attribution=${encodeURIComponent(
    JSON.stringify({
      first: {
        utm_source: source,
        landing_page: "https://www.example.com/",
        first_seen_at: "2026-11-20T09:30:00.000Z",
      },
    }),
  )}; session=secret`;

/** The build needs no Python; where there is none, its snippet is not run. */
const hasPython = spawnSync("python3", ["--version"]).status === 0;

describe("the OAuth guide", () => {
  const user = (language: string) => `oauth-${language}-${crypto.randomUUID()}`;

  it("records a signup from the cookie in Node, and signs the id", async () => {
    const id = user("node");
    writeFileSync(join(folder, "attribution.mjs"), snippet("oauth-callback.md", "js", "// attribution.mjs"));
    const call = `const { recordSignup, signature } = await import("./attribution.mjs");
      const answer = await recordSignup(${JSON.stringify(id)}, ${JSON.stringify(cookie("node"))});
      console.log(JSON.stringify([answer?.created, signature(${JSON.stringify(id)})]));`;

    expect(JSON.parse(run(process.execPath, "--input-type=module", "-e", call))).toEqual([true, sign(id)]);
    expect((await attribution(id)).body).toMatchObject({ trust: "server", first_touch: { utm_source: "node" } });
  });

  it.skipIf(!hasPython)("records a signup from the cookie in Python, and signs the id", async () => {
    const id = user("python");
    writeFileSync(join(folder, "attribution.py"), snippet("oauth-callback.md", "python", "# attribution.py"));
    const call = `import json, attribution
answer = attribution.record_signup(${JSON.stringify(id)}, ${JSON.stringify(cookie("python"))})
print(json.dumps([answer and answer["created"], attribution.signature(${JSON.stringify(id)})]))`;

    expect(JSON.parse(run("python3", "-c", call))).toEqual([true, sign(id)]);
    expect((await attribution(id)).body).toMatchObject({ trust: "server", first_touch: { utm_source: "python" } });
  });

  it.each(
    [
      [
        "Node",
        () =>
          run(
            process.execPath,
            "--input-type=module",
            "-e",
            `process.env.ATTRIBUTION_URL = "http://127.0.0.1:9";
      const { recordSignup } = await import("./attribution.mjs"); console.log(await recordSignup("x") === undefined);`,
          ),
      ],
      [
        "Python",
        () =>
          run(
            "python3",
            "-c",
            `import os; os.environ["ATTRIBUTION_URL"] = "http://127.0.0.1:9"
import attribution; print(str(attribution.record_signup("x") is None).lower())`,
          ),
      ],
    ].filter(([language]) => hasPython || language !== "Python") as [string, () => string][],
  )("lets the login go on in %s when attribution-service is away", (_, call) => {
    expect(call()).toBe("true");
  });

  it("has Java for Quarkus that compiles", () => {
    const libraries = join(ROOT, "umami-query-service", "target", "quarkus-app", "lib", "main");
    const main = readdirSync(libraries)
      .map((file) => join(libraries, file))
      .join(":");
    writeFileSync(
      join(folder, "VibnAttribution.java"),
      snippet("oauth-callback.md", "java", "// VibnAttribution.java; extensions"),
    );
    const javac = process.env.JAVA_HOME ? join(process.env.JAVA_HOME, "bin", "javac") : "javac";

    run(javac, "-proc:none", "-cp", main, "-d", folder, "VibnAttribution.java");

    expect(readdirSync(folder)).toContain("VibnAttribution.class");
  });
});

describe("the guide to Google Tag Manager", () => {
  it("starts the tracker with its values", async () => {
    const html = snippet("google-tag-manager.md", "html", "<script>\n  (function")
      .replace("https://t.example.com", value("TRACKER_URL"))
      .replace("b8d100bf-5f36-4246-bd7f-b93fc522aeae", value("UMAMI_WEBSITE_ID"))
      .replace("https://analytics.example.com", value("UMAMI_URL"));
    const page = await visitor();
    const url = `${value("DEMO_SITE_URL")}/tag-manager`;
    await page.route(`${url}**`, (route) =>
      route.fulfill({ contentType: "text/html", body: `<!doctype html><body>${html}` }),
    );
    const pageview = page.waitForResponse((response) => response.url() === `${value("UMAMI_URL")}/api/send`);

    await page.goto(`${url}?utm_source=tag-manager`);

    expect((await pageview).status()).toBe(200);
    const stored = await eventually(
      () =>
        page.evaluate(() =>
          (window as unknown as { vibn?: { getStoredAttribution(): object } }).vibn?.getStoredAttribution(),
        ),
      (touch) => touch !== undefined,
    );
    expect(stored).toMatchObject({ utm_source: "tag-manager" });
  });
});

describe("the guides", () => {
  const pages = readdirSync(GUIDES).filter((file) => file.endsWith(".md"));

  it.each(pages)("link only to what is there: %s", (file) => {
    const text = readFileSync(join(GUIDES, file), "utf8").replace(/```[\s\S]*?```/g, "");
    for (const [, target, anchor] of text.matchAll(/\]\(([^)#:]*)(?:#([^)]*))?\)/g)) {
      const path = target ? join(GUIDES, target) : join(GUIDES, file);
      expect(readdirSync(dirname(path))).toContain(path.split("/").pop());
      const headings = [...readFileSync(path, "utf8").matchAll(/^#+ (.*)$/gm)].map(([, heading]) =>
        String(heading)
          .toLowerCase()
          .replace(/[^\w\s-]/g, "")
          .replace(/\s+/g, "-"),
      );
      if (anchor) expect(headings).toContain(anchor);
    }
  });
});
