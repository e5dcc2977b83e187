// Brings a Chromium from the npm registry for machines that have none and where nobody can install one:
// installs @sparticuz/chromium beside the workspace and links its binary where build/find-chromium looks.
import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const VERSION = "143.0.0";
const home = join(import.meta.dirname, "..", "node_modules", ".cache", "chromium");

mkdirSync(home, { recursive: true });
execFileSync("npm", ["install", "--prefix", home, "--no-save", "--loglevel=error", `@sparticuz/chromium@${VERSION}`], {
  stdio: "inherit",
});
const entry = createRequire(join(home, "package.json")).resolve("@sparticuz/chromium");
const { default: chromium } = await import(pathToFileURL(entry).href);
const binary = await chromium.executablePath();
rmSync(join(home, "chromium"), { force: true });
symlinkSync(binary, join(home, "chromium"));
