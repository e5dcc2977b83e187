import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("../../../../", import.meta.url));
const TARGET = join(ROOT, "system-tests", "target");

/** The quickstart's launcher, run as `./quickstart` runs it once everything is built. */
export class Launcher {
  output = "";
  readonly folder = mkdtempSync(join(tmpdir(), "vibn-e2e-"));
  readonly envFile = join(this.folder, "env");
  readonly process: ChildProcess;
  readonly exit: Promise<number | null>;

  constructor(...args: string[]) {
    const jar = readdirSync(TARGET).find((file) => /^system-tests-.*\.jar$/.test(file));
    const java = process.env.JAVA_HOME ? join(process.env.JAVA_HOME, "bin", "java") : "java";
    this.process = spawn(
      java,
      [
        "-Xmx256m",
        "-XX:+UseSerialGC",
        "-cp",
        `${join(TARGET, String(jar))}:${join(TARGET, "lib")}/*`,
        "com.vibnai.quickstart.Quickstart",
        "--env-file",
        this.envFile,
        ...args,
      ],
      { cwd: ROOT, stdio: ["ignore", "pipe", "pipe"] },
    );
    for (const stream of [this.process.stdout, this.process.stderr]) {
      stream?.on("data", (data: Buffer) => {
        this.output += data;
      });
    }
    this.exit = new Promise((resolve) => this.process.on("exit", resolve));
  }

  /** Resolves with what the env file holds once everything is up. */
  async up(): Promise<Record<string, string>> {
    let ended = false;
    this.exit.then(() => {
      ended = true;
    });
    while (!this.output.includes("Everything is up.")) {
      if (ended) throw new Error(`the launcher ended:\n${this.output}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    const lines = readFileSync(this.envFile, "utf8").trim().split("\n");
    return Object.fromEntries(lines.map((line) => [line.split("=")[0], line.slice(line.indexOf("'") + 1, -1)]));
  }

  /** Ctrl-C. */
  async interrupt(): Promise<number | null> {
    this.process.kill("SIGINT");
    const code = await this.exit;
    rmSync(this.folder, { recursive: true, force: true });
    return code;
  }
}
