// Finishes dist/types for consumers: relative imports with endings, as Node's resolution asks for, and the list of files
// that tracker-web serves.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";

const folder = "dist/types";
const files = readdirSync(folder).filter((file) => file.endsWith(".d.ts"));
for (const file of files) {
  const text = readFileSync(`${folder}/${file}`, "utf8");
  writeFileSync(`${folder}/${file}`, text.replace(/((?:from|import\()\s*")(\.\/[^"]+?)(?:\.js)?(")/g, "$1$2.js$3"));
}
writeFileSync("dist/types.json", JSON.stringify(files, null, 2));
