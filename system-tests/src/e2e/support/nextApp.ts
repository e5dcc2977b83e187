import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ROOT } from "./launcher";

const APP = join(ROOT, "system-tests", "src", "next-app");
const MODULES = join(APP, "node_modules");
const NEXT = join(MODULES, "next", "dist", "bin", "next");
const ENVIRONMENT = { ...process.env, NEXT_TELEMETRY_DISABLED: "1", NODE_ENV: "production" as const };

/** Makes the file that `npm publish` would send; answers its path. */
export function packTracker(folder: string): string {
  const output = execFileSync(
    "npm",
    ["pack", "--workspace", "@vibn/tracker", "--ignore-scripts", "--json", "--pack-destination", folder],
    { cwd: ROOT, encoding: "utf8" },
  );
  return join(folder, JSON.parse(output)[0].filename);
}

/** Runs `work` unless its inputs are those of the last time: npm and Next.js take most of a minute each. */
function once(stamp: string, inputs: string, work: () => void): void {
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === inputs) return;
  work();
  writeFileSync(stamp, inputs);
}

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => !name.startsWith(".") && !["node_modules", "next-env.d.ts"].includes(name))
    .flatMap((entry) =>
      entry.isDirectory() ? sources(join(folder, entry.name)) : [readFileSync(join(folder, entry.name), "utf8")],
    );
}

const digest = (parts: string[]) => createHash("sha256").update(parts.join("\0")).digest("hex");

/** The small Next.js application, built with the tracker as it would be published, and served. */
export class NextApp {
  private constructor(
    readonly url: string,
    private readonly server: ChildProcess,
  ) {}

  static async start(): Promise<NextApp> {
    const lock = digest([readFileSync(join(APP, "package-lock.json"), "utf8")]);
    once(join(MODULES, ".vibn-lock"), lock, () =>
      execFileSync("npm", ["ci", "--no-progress", "--loglevel=error"], { cwd: APP, stdio: "inherit" }),
    );
    const tracker = join(MODULES, "@vibn", "tracker");
    const folder = mkdtempSync(join(tmpdir(), "vibn-pack-"));
    rmSync(tracker, { recursive: true, force: true });
    mkdirSync(tracker, { recursive: true });
    execFileSync("tar", ["-xzf", packTracker(folder), "--strip-components=1", "-C", tracker]);
    rmSync(folder, { recursive: true });
    once(join(APP, ".next-stamp"), digest([lock, ...sources(APP), ...sources(join(tracker, "dist"))]), () =>
      execFileSync(process.execPath, [NEXT, "build"], { cwd: APP, env: ENVIRONMENT, stdio: "inherit" }),
    );
    return NextApp.serve();
  }

  private static async serve(): Promise<NextApp> {
    const server = spawn(process.execPath, [NEXT, "start", "-p", "0", "-H", "127.0.0.1"], {
      cwd: APP,
      env: ENVIRONMENT,
      stdio: ["ignore", "pipe", "inherit"],
    });
    let output = "";
    const url = await new Promise<string>((resolve, reject) => {
      server.stdout.on("data", (data: Buffer) => {
        output += data;
        const port = /https?:\/\/[^\s:]+:(\d+)/.exec(output)?.[1];
        if (port && Number(port) > 0) resolve(`http://127.0.0.1:${port}`);
      });
      server.on("exit", () => reject(new Error(`next start ended:\n${output}`)));
    });
    return new NextApp(url, server);
  }

  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.server.on("exit", resolve));
    this.server.kill("SIGTERM");
    await ended;
  }
}
