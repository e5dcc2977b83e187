// Builds what tracker-web serves and what the npm package holds, and ends with a table of sizes.
import { createHash } from "node:crypto";
import { copyFileSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { build } from "esbuild";
import { minify } from "terser";

/** Bytes after gzip -9 that a file may have. */
const LIMITS = { "tracker.js": 3000, "console.js": 150_000 };

rmSync("dist", { recursive: true, force: true });
mkdirSync("dist");

const digest = (algorithm, file) => createHash(algorithm).update(readFileSync(`dist/${file}`));
const hashedName = (file) => file.replace(/\.js$/, `.${digest("sha256", file).digest("hex").slice(0, 16)}.js`);

// Names of the properties that tracker.js and the file that it loads share.
const nameCache = {};

/** Bundles with esbuild, then lets terser, which makes it a tenth smaller, minify; both source maps are joined. */
async function bundle(entry, outfile, options) {
  const { outputFiles } = await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    write: false,
    target: "es2022",
    sourcemap: "external",
    logLevel: "warning",
    format: options.format,
    external: options.external ?? [],
    define: options.define ?? {},
    jsx: "automatic",
  });
  const text = (ending) => outputFiles.find((file) => file.path.endsWith(ending)).text;
  const { code, map } = await minify(text("js"), {
    ecma: 2020,
    module: true,
    toplevel: true,
    nameCache,
    compress: { passes: 3, inline: 1, unsafe_arrows: true, unsafe_methods: true, keep_fargs: false },
    mangle: { properties: { regex: /^_[a-z]/, undeclared: true, reserved: ["_kx", "__tcfapi"] } },
    format: { preamble: options.banner ?? null },
    // A bundler finds the map by the comment; a page's script does without these bytes.
    sourceMap: { content: text("map"), ...(options.format === "esm" && { url: `${basename(outfile)}.map` }) },
  });
  writeFileSync(outfile, code);
  writeFileSync(`${outfile}.map`, map);
}

// What most page views do not need comes first: tracker.js knows its name and its integrity.
await bundle("src/moreScript.ts", "dist/more.js", { format: "iife" });
const more = hashedName("more.js");
renameSync("dist/more.js", `dist/${more}`);
renameSync("dist/more.js.map", `dist/${more}.map`);
await bundle("src/script.ts", "dist/tracker.js", {
  format: "iife",
  define: {
    MORE_NAME: JSON.stringify(more),
    MORE_INTEGRITY: JSON.stringify(`sha256-${digest("sha256", more).digest("base64")}`),
  },
});
await bundle("src/index.ts", "dist/tracker.mjs", { format: "esm" });
await bundle("src/react.tsx", "dist/react.mjs", {
  format: "esm",
  external: ["react", "react/jsx-runtime"],
  banner: '"use client";',
});

/** The console's files are modules with classes of others' in them: left to esbuild alone. */
async function module(entry, name, imports = {}) {
  await build({
    entryPoints: [entry],
    outfile: `dist/${name}`,
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    tsconfig: "console/tsconfig.json",
    legalComments: "eof",
    logLevel: "warning",
    plugins: [
      {
        name: "names",
        setup: (setup) =>
          setup.onResolve({ filter: /^served:/ }, ({ path }) => ({ path: `./${imports[path]}`, external: true })),
      },
    ],
  });
  const hashed = hashedName(name);
  copyFileSync(`dist/${name}`, `dist/${hashed}`);
  return hashed;
}

// The same script under a name that changes with its content, to be cached for ever.
const hashed = hashedName("tracker.js");
copyFileSync("dist/tracker.js", `dist/${hashed}`);
const elements = await module("console/src/index.ts", "console.js");
const oidc = await module("console/page/oidc.ts", "console-oidc.js");
const page = await module("console/page/index.ts", "console-page.js", {
  "served:console.js": elements,
  "served:console-oidc.js": oidc,
});

const integrity = {};
const stable = ["tracker.js", more, "tracker.mjs", "react.mjs", "console.js", "console-oidc.js", "console-page.js"];
const sizes = [...stable, hashed, elements, oidc, page].map((file) => {
  const bytes = readFileSync(`dist/${file}`);
  const gzip = gzipSync(bytes, { level: 9 });
  const brotli = brotliCompressSync(bytes);
  writeFileSync(`dist/${file}.gz`, gzip);
  writeFileSync(`dist/${file}.br`, brotli);
  integrity[file] = `sha384-${digest("sha384", file).digest("base64")}`;
  return { file, raw: bytes.length, gzip: gzip.length, brotli: brotli.length };
});
writeFileSync("dist/integrity.json", JSON.stringify(integrity, null, 2));

console.table(sizes.slice(0, stable.length));
for (const { file, gzip } of sizes) {
  if (gzip > LIMITS[file]) {
    console.error(`${file} has ${gzip} bytes after gzip -9; at most ${LIMITS[file]} are allowed.`);
    process.exitCode = 1;
  }
}
