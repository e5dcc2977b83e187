// Builds what tracker-web serves and what the npm package holds, and ends with a table of sizes.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { build } from "esbuild";
import { minify } from "terser";

const LIMIT = 3000;

rmSync("dist", { recursive: true, force: true });
mkdirSync("dist");

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
    jsx: "automatic",
  });
  const text = (ending) => outputFiles.find((file) => file.path.endsWith(ending)).text;
  const { code, map } = await minify(text("js"), {
    ecma: 2020,
    module: true,
    toplevel: true,
    compress: { passes: 3, unsafe_arrows: true, unsafe_methods: true, keep_fargs: false },
    mangle: { properties: { regex: /^_[a-z]/, reserved: ["_kx"] } },
    format: { preamble: options.banner ?? null },
    // A bundler finds the map by the comment; a page's script does without these bytes.
    sourceMap: { content: text("map"), ...(options.format === "esm" && { url: `${basename(outfile)}.map` }) },
  });
  writeFileSync(outfile, code);
  writeFileSync(`${outfile}.map`, map);
}

await bundle("src/script.ts", "dist/tracker.js", { format: "iife" });
await bundle("src/index.ts", "dist/tracker.mjs", { format: "esm" });
await bundle("src/react.tsx", "dist/react.mjs", {
  format: "esm",
  external: ["react", "react/jsx-runtime"],
  banner: '"use client";',
});

const files = ["tracker.js", "tracker.mjs", "react.mjs"];
const integrity = {};
const sizes = files.map((file) => {
  const bytes = readFileSync(`dist/${file}`);
  const gzip = gzipSync(bytes, { level: 9 });
  const brotli = brotliCompressSync(bytes);
  writeFileSync(`dist/${file}.gz`, gzip);
  writeFileSync(`dist/${file}.br`, brotli);
  integrity[file] = `sha384-${createHash("sha384").update(bytes).digest("base64")}`;
  return { file, raw: bytes.length, gzip: gzip.length, brotli: brotli.length };
});

// The same script under a name that changes with its content, to be cached for ever.
const hash = createHash("sha256").update(readFileSync("dist/tracker.js")).digest("hex").slice(0, 16);
const hashed = `tracker.${hash}.js`;
for (const ending of ["", ".gz", ".br"])
  writeFileSync(`dist/${hashed}${ending}`, readFileSync(`dist/tracker.js${ending}`));
integrity[hashed] = integrity["tracker.js"];
writeFileSync("dist/integrity.json", JSON.stringify(integrity, null, 2));

console.table(sizes);
const [script] = sizes;
if (script.gzip > LIMIT) {
  console.error(`tracker.js has ${script.gzip} bytes after gzip -9; at most ${LIMIT} are allowed.`);
  process.exit(1);
}
