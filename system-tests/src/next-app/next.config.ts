import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import type { NextConfig } from "next";

// The npm workspace above is no part of this application.
const config: NextConfig = { turbopack: { root: dirname(fileURLToPath(import.meta.url)) } };

export default config;
