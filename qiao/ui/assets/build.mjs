// Builds what the browser needs: one style sheet, one script, and the serif face that documents are set in.
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";

const here = path.dirname(fileURLToPath(import.meta.url));
const root = path.resolve(here, "../../..");
const out = path.join(root, "build/static/qiao");
const fonts = path.join(root, "build/fonts");
const require = createRequire(import.meta.url);
const home = (name) => path.join(root, "node_modules", name);

mkdirSync(out, { recursive: true });
mkdirSync(fonts, { recursive: true });

const sheet = spawnSync(
  process.execPath,
  [path.join(home("@tailwindcss/cli"), "dist/index.mjs"), "--minify", "-i", path.join(here, "theme.css"), "-o", path.join(out, "app.css")],
  { cwd: root, encoding: "utf8" },
);
if (sheet.status !== 0) {
  process.stderr.write(sheet.stderr || String(sheet.error));
  process.exit(1);
}

const { buildSync } = require("esbuild");
buildSync({
  entryPoints: [path.join(here, "app.js")],
  outfile: path.join(out, "app.js"),
  bundle: true,
  minify: true,
  format: "iife",
  target: ["es2020"],
  logLevel: "warning",
});

for (const weight of ["400Regular", "700Bold"]) {
  const file = `NotoSerifSC_${weight}.ttf`;
  copyFileSync(path.join(home("@expo-google-fonts/noto-serif-sc"), weight, file), path.join(fonts, file));
}
