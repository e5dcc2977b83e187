import { spawn } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { ROOT } from "./launcher";

const TARGET = join(ROOT, "system-tests", "target");

export const VERSIONS = ["2.17", "2.18", "3.1", "3.3", "3.5"];

/** Where a version of Umami is. */
export interface Generation {
  url: string;
  website: string;
}

/** Stand-ins for several versions of Umami, by version, and what ends them. */
export async function startGenerations(): Promise<{ umamis: Record<string, Generation>; stop: () => Promise<void> }> {
  const jar = readdirSync(TARGET).find((file) => /^system-tests-.*\.jar$/.test(file));
  const java = process.env.JAVA_HOME ? join(process.env.JAVA_HOME, "bin", "java") : "java";
  const child = spawn(
    java,
    [
      "-Xmx192m",
      "-XX:+UseSerialGC",
      "-XX:TieredStopAtLevel=1",
      "-cp",
      `${join(TARGET, String(jar))}:${join(TARGET, "lib")}/*`,
      "com.vibnai.generations.UmamiGenerations",
    ],
    { stdio: ["pipe", "pipe", "inherit"] },
  );
  const exit = new Promise<void>((resolve) => child.on("exit", () => resolve()));
  const line = await new Promise<string>((resolve, reject) => {
    createInterface(child.stdout).on("line", (text) => text.startsWith("{") && resolve(text));
    exit.then(() => reject(new Error("the stand-ins for Umami ended")));
  });
  return {
    umamis: JSON.parse(line),
    stop: () => {
      child.stdin.end();
      return exit;
    },
  };
}
