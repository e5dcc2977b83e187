import { readFileSync } from "node:fs";
import type { TestProject } from "vitest/node";
import { Launcher } from "./launcher";

/**
 * One stack for all journeys: the quickstart's, or one that runs already and whose addresses and keys stand in the file
 * that STACK_ENV names (docker/prove does that).
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const running = process.env.STACK_ENV;
  if (running) {
    project.provide("stack", valuesOf(running));
    return async () => {};
  }
  const launcher = new Launcher("--port-base", "0", "--no-demo-data");
  project.provide("stack", await launcher.up());
  return async () => {
    await launcher.interrupt();
  };
}

const valuesOf = (file: string): Record<string, string> =>
  Object.fromEntries(
    readFileSync(file, "utf8")
      .split("\n")
      .filter((line) => /^[A-Z_]+=/.test(line))
      .map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]),
  );

declare module "vitest" {
  interface ProvidedContext {
    stack: Record<string, string>;
  }
}
