import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ROOT } from "./support/launcher";
import { packTracker } from "./support/nextApp";

const WEBUI = join(ROOT, "tracker-web", "src", "main", "webui");

describe("@vibn/tracker, packed and installed into an empty project", () => {
  const project = mkdtempSync(join(tmpdir(), "vibn-project-"));
  const installed = join(project, "node_modules", "@vibn", "tracker");

  beforeAll(() => {
    writeFileSync(join(project, "package.json"), '{"name":"empty","version":"1.0.0","private":true,"type":"module"}');
    execFileSync("npm", ["install", "--no-audit", "--no-fund", "--loglevel=error", packTracker(project)], {
      cwd: project,
    });
  }, 300_000);
  afterAll(() => rmSync(project, { recursive: true }));

  const run = (script: string) =>
    execFileSync(process.execPath, ["--input-type=module", "-e", script], { cwd: project, encoding: "utf8" }).trim();

  it("brings nothing else with it", () => {
    expect(readdirSync(join(project, "node_modules")).filter((name) => !name.startsWith("."))).toEqual(["@vibn"]);
  });

  it("can be imported where there is no browser, as a server does that renders", () => {
    expect(run('console.log(typeof (await import("@vibn/tracker")).createTracker)')).toBe("function");
  });

  it("answers its types, source maps, license and readme", () => {
    const files = readdirSync(join(installed, "dist"));

    expect(files).toEqual(expect.arrayContaining(["tracker.js", "tracker.mjs", "tracker.mjs.map", "react.mjs.map"]));
    expect(files.filter((file) => /\.(gz|br)$/.test(file))).toEqual([]);
    expect(readFileSync(join(installed, "LICENSE"), "utf8")).toBe(readFileSync(join(ROOT, "LICENSE"), "utf8"));
    expect(readFileSync(join(installed, "README.md"), "utf8")).toContain("npm install @vibn/tracker");
    const { exports, ...manifest } = JSON.parse(readFileSync(join(installed, "package.json"), "utf8"));
    for (const name of ["types", "default"]) {
      expect(readFileSync(join(installed, exports["./react"][name]), "utf8")).toBeTruthy();
    }
    expect(manifest).toMatchObject({ publishConfig: { provenance: true }, repository: { type: "git" } });
  });

  it.each(["tracker.mjs", "react.mjs"])("maps %s back to sources that are in the package", (file) => {
    const code = readFileSync(join(installed, "dist", file), "utf8");
    const map = JSON.parse(readFileSync(join(installed, "dist", `${file}.map`), "utf8"));

    expect(code).toContain(`//# sourceMappingURL=${file}.map`);
    expect(map.sources.length).toBeGreaterThan(3);
    for (const source of map.sources) {
      expect(readFileSync(join(installed, "dist", source), "utf8")).toBe(
        readFileSync(join(WEBUI, "dist", source), "utf8"),
      );
    }
  });

  it("says that it is for the client where React Server Components ask", () => {
    expect(readFileSync(join(installed, "dist", "react.mjs"), "utf8")).toMatch(/^"use client";/);
  });
});
