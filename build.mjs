/** Compiles src/ to dist/ with tsc, bundles the page with Vite, and copies the data files (JSON, HTML, CSS) that the code reads at run time. */
import { spawnSync } from "node:child_process";
import { cpSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { extname, join } from "node:path";
import { build } from "vite";

const PAGE_SOURCE = join("src", "faces", "page");
const DATA_FILES = new Set([".json", ".html", ".css", ".txt", ".csv"]);

rmSync("dist", { recursive: true, force: true });
const tsc = createRequire(import.meta.url).resolve("typescript/bin/tsc");
const compiled = spawnSync(process.execPath, [tsc, "-p", "tsconfig.build.json"], {
  stdio: "inherit",
});
if (compiled.status !== 0) process.exit(compiled.status ?? 1);

await build({ configFile: "src/faces/page/vite.config.ts", logLevel: "warn" });

cpSync("src", "dist", {
  recursive: true,
  filter: (source) =>
    source !== PAGE_SOURCE && (extname(source) === "" || DATA_FILES.has(extname(source))),
});
