import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ROOT } from "./support/launcher";
import { values } from "./support/stack";

const chapter = readFileSync(join(ROOT, "README.md"), "utf8")
  .split(/^## /m)
  .find((text) => text.startsWith("The API"));
const examples = [...(chapter ?? "").matchAll(/```sh\n([^`]+)```\n```json\n([^`]+)```/g)].map(
  ([, command, answer]) => ({
    command: String(command),
    answer: JSON.parse(String(answer)),
  }),
);

describe("the README's examples of the API", () => {
  it("are all here", () => expect(examples.length).toBe(6));

  it.each(examples)("answer as written: $command", ({ command, answer }) => {
    const output = execFileSync("bash", ["-c", command], { env: { ...process.env, ...values }, encoding: "utf8" });

    expect(JSON.parse(output)).toMatchObject(answer);
  });
});
