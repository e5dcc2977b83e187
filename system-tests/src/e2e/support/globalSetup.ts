import type { TestProject } from "vitest/node";
import { Launcher } from "./launcher";

/** One stack for all journeys. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const launcher = new Launcher("--port-base", "0", "--no-demo-data");
  project.provide("stack", await launcher.up());
  return async () => {
    await launcher.interrupt();
  };
}

declare module "vitest" {
  interface ProvidedContext {
    stack: Record<string, string>;
  }
}
