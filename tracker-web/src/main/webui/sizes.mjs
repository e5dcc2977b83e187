// What a page loads of us and of others: raw, gzip -9 and brotli. Writes docs/sizes.md. Run after `npm run build`.
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { build } from "esbuild";

const HERE = fileURLToPath(new URL(".", import.meta.url));
const REPORT = fileURLToPath(new URL("../../../../docs/sizes.md", import.meta.url));

/** The script that a page loads from each one's own script tag, or by `import` where the package has none. */
const OTHERS = [
  {
    name: "Umami",
    npm: "umami@2.10.0",
    file: "src/tracker/index.js",
    bundle: true,
    unpackOnly: true,
    what: "`src/tracker`, minified",
  },
  {
    name: "Plausible",
    npm: "@plausible-analytics/tracker",
    bundle: true,
    what: "`import { init }`, minified",
    code: 'import { init } from "@plausible-analytics/tracker"; init({ domain: "example.com" });',
  },
  { name: "PostHog", npm: "posthog-js", file: "dist/array.js", what: "`dist/array.js`, what its snippet loads" },
  {
    name: "Segment",
    npm: "@segment/analytics-next",
    file: "dist/umd/index.js",
    what: "`dist/umd/index.js`, without the chunks that it loads",
  },
  {
    name: "RudderStack",
    npm: "@rudderstack/analytics-js",
    file: "dist/npm/modern/bundled/esm/index.mjs",
    bundle: true,
    what: "`bundled` entry, minified",
  },
  {
    name: "Amplitude",
    npm: "@amplitude/analytics-browser",
    file: "lib/scripts/amplitude-min.js",
    what: "`lib/scripts/amplitude-min.js`, what its snippet loads",
  },
  { name: "sourcebuster", npm: "sourcebuster", file: "dist/sourcebuster.min.js", what: "`dist/sourcebuster.min.js`" },
];

const measure = (bytes) => ({
  raw: bytes.length,
  gzip: gzipSync(bytes, { level: 9 }).length,
  br: brotliCompressSync(bytes).length,
});

/** One file for a browser, minified, as an application's build would make it. */
async function bundled(folder, options) {
  const { outputFiles } = await build({
    ...options,
    absWorkingDir: folder,
    bundle: true,
    minify: true,
    write: false,
    format: "iife",
    target: "es2022",
    platform: "browser",
    logLevel: "error",
    define: { "process.env.NODE_ENV": '"production"' },
  });
  return Buffer.from(outputFiles[0].contents);
}

/** Installs a package, or only unpacks one that is a whole application; nothing of it is run. Answers its folder. */
function bring(folder, npm, unpackOnly) {
  const name = npm.replace(/(.)@.*$/, "$1");
  const home = join(folder, "node_modules", name);
  const quiet = { cwd: folder, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] };
  writeFileSync(join(folder, "package.json"), '{"private":true}');
  if (unpackOnly) {
    const file = execFileSync("npm", ["pack", npm, "--silent"], quiet).trim();
    mkdirSync(home, { recursive: true });
    execFileSync("tar", ["-xzf", file, "--strip-components=1", "-C", home], quiet);
  } else {
    execFileSync("npm", ["install", npm, "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], quiet);
  }
  return home;
}

async function other({ name, npm, file, bundle, unpackOnly, what, code }) {
  const folder = mkdtempSync(join(tmpdir(), "vibn-sizes-"));
  try {
    const home = bring(folder, npm, unpackOnly);
    const { version } = JSON.parse(readFileSync(join(home, "package.json"), "utf8"));
    const entry = code ? { stdin: { contents: code, resolveDir: folder } } : { entryPoints: [join(home, file ?? "")] };
    const bytes = bundle ? await bundled(folder, entry) : readFileSync(join(home, file));
    return { name: `${name} ${version}`, what, ...measure(bytes) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const ours = readdirSync(join(HERE, "dist"))
  .filter((file) => /\.m?js$/.test(file) && !/^console|^tracker\.[0-9a-f]{16}\.js$/.test(file))
  .sort()
  .map((file) => ({ name: `\`${file}\``, what: "", ...measure(readFileSync(join(HERE, "dist", file))) }));
const theirs = [];
for (const one of OTHERS) theirs.push(await other(one));
theirs.sort((a, b) => a.gzip - b.gzip);

const number = (value) => value.toLocaleString("en");
const row = ({ name, what, raw, gzip, br }) =>
  `| ${name} | ${what} | ${number(raw)} | ${number(gzip)} | ${number(br)} |`;
const head = "| | Measured | Raw | gzip -9 | brotli |\n|---|---|--:|--:|--:|";
const { version } = JSON.parse(readFileSync(join(HERE, "package.json"), "utf8"));
const report = `# What a page loads

Bytes, measured on ${new Date().toISOString().slice(0, 10)} with Node ${process.version} by \`npm run sizes\`, which needs a
build (\`npm run build --workspace @vibn/tracker\`) and the npm registry. The build itself prints the first table and fails
when \`tracker.js\` has more than 3,000 bytes after gzip.

## @vibn/tracker ${version}

${[head, ...ours.map(row)].join("\n")}

\`tracker.js\` is what a script tag loads; \`more.….js\` comes only where a page needs it; \`tracker.mjs\` and \`react.mjs\` are
what a bundler gets, all in one. Umami's own script comes besides, as on any page with Umami.

## Others

From their npm packages, newest versions of that day. They do more, each something else; this compares what a page pays,
not what it gets. Umami's package on npm
stands still at 2.10.0.

${[head, ...theirs.map(row)].join("\n")}
`;
writeFileSync(REPORT, report);
console.log(report);
