// Brings a Chromium from the npm registry, for machines that have none and where nobody may install one: installs
// @sparticuz/chromium beside the workspace's packages and puts its binary where build/find-chromium looks.
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const VERSION = "143.0.0";
const home = fileURLToPath(new URL("../node_modules/.cache/chromium/", import.meta.url));

mkdirSync(home, { recursive: true });
execFileSync("npm", ["install", "--prefix", home, "--no-save", "--loglevel=error", `@sparticuz/chromium@${VERSION}`], {
  stdio: "inherit",
});
const entry = createRequire(join(home, "package.json")).resolve("@sparticuz/chromium");
const { default: chromium } = await import(pathToFileURL(entry).href);
const binary = join(home, "chromium");
const unpacked = await chromium.executablePath();
copyFileSync(unpacked, binary);
rmSync(unpacked);
try {
  execFileSync(binary, ["--version"], { stdio: ["ignore", "ignore", "pipe"] });
} catch (problem) {
  rmSync(binary);
  console.error(`[preflight] The unpacked Chromium does not run here: ${String(problem.stderr).trim()}`);
  process.exitCode = 1;
}
