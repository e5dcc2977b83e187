import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { createServer } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { Launcher } from "./support/launcher";

const alive = (pid: number) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

/** The processes that a launcher has started, on Linux and macOS alike. */
const childrenOf = (launcher: Launcher) =>
  execFileSync("ps", ["-A", "-o", "pid=,ppid=,command="], { encoding: "utf8" })
    .split("\n")
    .map((line) => line.trim().split(/\s+/))
    .filter(([, parent]) => Number(parent) === launcher.process.pid)
    .map(([pid, , ...command]) => ({ pid: Number(pid), command: command.join(" ") }));

/** Five processes start, on machines that may be busy. */
const STARTS = 300_000;

describe("the quickstart's launcher", () => {
  const launched: Launcher[] = [];
  const launch = (...args: string[]) => {
    const launcher = new Launcher(...args);
    launched.push(launcher);
    return launcher;
  };
  // Also after a test that failed or gave up: what it started would stay.
  afterEach(async () => {
    for (const launcher of launched.splice(0)) await launcher.interrupt();
  });

  it("explains itself", async () => {
    const launcher = launch("--help");

    expect(await launcher.exit).toBe(0);
    expect(launcher.output).toMatch(/--port-base.*--no-demo-data.*--env-file/s);
  });

  it.each([["--port-base", "many"], ["--port-base", "80"], ["--nonsense"]])("refuses %s %s", async (...args) => {
    const launcher = launch(...args.filter(Boolean));

    expect(await launcher.exit).toBeGreaterThan(0);
    expect(launcher.output).not.toContain("\tat ");
  });

  it("names the port that is taken and the way out", async () => {
    const squatter = createServer();
    const port = await new Promise<number>((resolve) =>
      squatter.listen(0, "127.0.0.1", () => resolve((squatter.address() as { port: number }).port)),
    );
    const launcher = launch("--port-base", String(port - 1));

    expect(await launcher.exit).toBe(1);
    expect(launcher.output.trim()).toMatch(new RegExp(`^Port ${port}, for .*, is taken; .*--port-base`));
    squatter.close();
  });

  it("shows demo users, and on Ctrl-C leaves nothing behind", { timeout: STARTS }, async () => {
    const launcher = launch("--port-base", "0");
    const values = await launcher.up();
    const headers = { Authorization: `Bearer ${values.READ_KEY}` };
    const answer = await fetch(`${values.UMAMI_QUERY_URL}/v1/users/ada-lovelace/profile`, { headers });
    const profile = (await answer.json()) as { first_touch_web_funnel: { pageviews_before_signup: number } };
    const children = childrenOf(launcher);

    await launcher.interrupt();

    expect(profile.first_touch_web_funnel.pageviews_before_signup).toBeGreaterThan(1);
    expect(existsSync(launcher.envFile)).toBe(false);
    expect(children.length).toBeGreaterThanOrEqual(3);
    expect(children.filter(({ pid }) => alive(pid))).toEqual([]);
    await expect(fetch(`${values.ATTRIBUTION_URL}/v1/attributions`)).rejects.toThrow();
  });

  it("ends everything when a service dies, and says which", { timeout: STARTS }, async () => {
    const launcher = launch("--port-base", "0", "--no-demo-data");
    await launcher.up();
    const service = childrenOf(launcher).find(({ command }) => command.includes("umami-query-service"));

    process.kill(Number(service?.pid), "SIGKILL");

    expect(await launcher.exit).toBe(1);
    expect(launcher.output).toMatch(/umami-query-service ended by itself; its log: .*umami-query-service\.log/);
    expect(existsSync(launcher.envFile)).toBe(false);
  });
});
