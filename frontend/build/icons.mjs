// Collects the icons that templates, Python and scripts name, from the @tabler/icons package, into dist/icons.json:
// {"map-pin": "<path …/>"}. Names that come from a variable are listed in src/icons.txt.
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";

const HERE = import.meta.dirname ?? new URL(".", import.meta.url).pathname;
const SOURCES = [resolve(HERE, "../../src/shanzhi"), resolve(HERE, "../src")];
const PACKAGE = resolve(HERE, "../node_modules/@tabler/icons/icons");
const NAMED = [
  /\{%-?\s*icon\s+["']([a-z0-9-]+)["']/g,
  /\bicon\s*[=:]\s*["']([a-z0-9-]+)["']/g,
  /\bnav_item\s+\S+\s+["']([a-z0-9-]+)["']/g,
];

function* files(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* files(path);
    else if (/\.(html|py|js)$/.test(entry.name)) yield path;
  }
}

export function drawing(name) {
  const path = join(PACKAGE, name.endsWith("-filled") ? "filled" : "outline", `${name.replace(/-filled$/, "")}.svg`);
  if (!existsSync(path)) return null;
  const svg = readFileSync(path, "utf8").replace(/<!--[\s\S]*?-->/g, "");
  return svg.replace(/^[\s\S]*?<svg[^>]*>|<\/svg>\s*$/g, "").replace(/>\s+</g, "><").replace(/<path stroke="none" d="M0 0h24v24H0z" fill="none"\s*\/>/, "").trim();
}

function collect() {
  const names = new Set(readFileSync(resolve(HERE, "../src/icons.txt"), "utf8").split(/\s+/).filter(Boolean));
  for (const folder of SOURCES)
    for (const path of files(folder)) {
      const text = readFileSync(path, "utf8");
      for (const pattern of NAMED) for (const match of text.matchAll(pattern)) names.add(match[1]);
    }
  const found = {};
  for (const name of [...names].sort()) {
    const inner = drawing(name);
    if (inner) found[name] = inner;
  }
  return found;
}

export function icons() {
  return {
    name: "shanzhi-icons",
    generateBundle() {
      this.emitFile({ type: "asset", fileName: "icons.json", source: JSON.stringify(collect()) });
    },
  };
}
