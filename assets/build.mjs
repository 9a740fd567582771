// Builds src/goldenthread/core/static/goldenthread from the sources here. `--check` only compares.
import { build } from "esbuild";
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import * as sass from "sass";

const here = dirname(fileURLToPath(import.meta.url));
const out = join(here, "..", "src", "goldenthread", "core", "static", "goldenthread");
const modules = join(here, "node_modules");
const moj = join(modules, "@ministryofjustice", "frontend", "moj");
const icons = ["icon-tag-remove-cross.svg", "icon-tag-remove-cross-white.svg", "icon-close-cross-black.svg",
  "icon-toggle-plus-minus.svg", "icon-document.svg"];

function styles() {
  const result = sass.compile(join(here, "scss", "app.scss"), {
    style: "compressed",
    loadPaths: [here, modules],
    importers: [{ findFileUrl: (url) => (url.startsWith("node_modules/") ? pathToFileURL(join(here, url)) : null) }],
    quietDeps: true,
  });
  for (const banned of ["GDS Transport", "crest", "crown"]) {
    if (result.css.includes(banned)) throw new Error(`The style sheet must not contain ${banned}.`);
  }
  return result.css;
}

async function script() {
  const result = await build({
    entryPoints: [join(here, "js", "app.js")],
    bundle: true, minify: true, format: "iife", target: "es2019", write: false, legalComments: "none",
    nodePaths: [modules],
  });
  return result.outputFiles[0].text;
}

const files = { "app.css": styles(), "app.js": await script() };
if (process.argv.includes("--check")) {
  const stale = Object.keys(files).filter((name) => readFileSync(join(out, name), "utf8") !== files[name]);
  if (stale.length) {
    console.error(`Out of date: ${stale.join(", ")}. Run npm run build in assets/ and commit the result.`);
    process.exit(1);
  }
} else {
  mkdirSync(join(out, "images"), { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(out, name), text);
  for (const icon of icons) copyFileSync(join(moj, "assets", "images", icon), join(out, "images", icon));
  copyFileSync(join(here, "images", "icon.svg"), join(out, "images", "icon.svg"));
  for (const [name, text] of Object.entries(files)) console.log(name, Math.round(text.length / 1024), "KB");
}
