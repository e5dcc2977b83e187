import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { ROOT } from "./launcher";

/** A tracker-web of a test's own, as packaged, with further configuration. */
export class TrackerWeb {
  private constructor(
    readonly url: string,
    private readonly process: ChildProcess,
  ) {}

  static async start(environment: Record<string, string>): Promise<TrackerWeb> {
    const java = process.env.JAVA_HOME ? join(process.env.JAVA_HOME, "bin", "java") : "java";
    const service = spawn(
      java,
      ["-Xmx128m", "-XX:+UseSerialGC", "-jar", join(ROOT, "tracker-web", "target", "quarkus-app", "quarkus-run.jar")],
      {
        env: {
          ...process.env,
          QUARKUS_HTTP_HOST: "127.0.0.1",
          QUARKUS_HTTP_PORT: "0",
          QUARKUS_MANAGEMENT_PORT: "0",
          ...environment,
        },
        stdio: ["ignore", "pipe", "inherit"],
      },
    );
    let output = "";
    const url = await new Promise<string>((resolve, reject) => {
      service.stdout.on("data", (data: Buffer) => {
        output += data;
        const port = /Listening on: http:\/\/[^\s:]+:(\d+)/.exec(output)?.[1];
        if (port) resolve(`http://localhost:${port}`);
      });
      service.on("exit", () => reject(new Error(`tracker-web ended:\n${output}`)));
    });
    return new TrackerWeb(url, service);
  }

  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.process.on("exit", resolve));
    this.process.kill("SIGTERM");
    await ended;
  }
}
