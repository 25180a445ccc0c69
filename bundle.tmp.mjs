/**
 * Joins `src/` into a few files: Node resolves and reads each module by itself, and 600 of them took a third of the
 * start (`npm run bench:start`). Packages stay where npm puts them; what is loaded on demand stays so.
 *
 *     node bundle.mjs [entry in src/] [folder]     default: cli/main.ts dist
 */
import { cpSync, rmSync } from "node:fs";
import { basename, dirname, relative, resolve } from "node:path";
import { rolldown } from "rolldown";

const [entry = "cli/main.ts", folder = "dist"] = process.argv.slice(2);
const source = resolve(import.meta.dirname, "src");
const out = resolve(import.meta.dirname, folder);
/** Files that are read as they are, at the same place in both trees. */
const files = ["store/migrations", "http/dashboard/evenkeel.css"];

/** A module that asks where it lies is told where it would lie beside those, whatever file it was joined into. */
const keepPlaces = {
  name: "keep-places",
  transform(code, id) {
    if (!id.startsWith(source) || !code.includes("import.meta.url")) return null;
    const place = JSON.stringify(`../${relative(source, id)}`);
    return { code: code.replaceAll("import.meta.url", `new URL(${place}, import.meta.url).href`), map: null };
  },
};

const inside = new Set((process.env.INSIDE ?? "").split(",").filter(Boolean));
const ascii = { name: "ascii", renderChunk: (code) => ({ code: code.replace(/[^\x00-\x7f]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`), map: null }) };
rmSync(out, { recursive: true, force: true });
const bundle = await rolldown({
  input: resolve(source, entry),
  platform: "node",
  external: (id) => !/^[./\0]/.test(id) && !inside.has(id),
  resolve: { extensionAlias: { ".js": [".ts", ".tsx", ".js"] } },
  tsconfig: resolve(import.meta.dirname, "tsconfig.json"),
  plugins: [keepPlaces, ...(process.env.ASCII ? [ascii] : [])],
});
await bundle.write({
  dir: resolve(out, dirname(entry)),
  entryFileNames: `${basename(entry, ".ts")}.js`,
  chunkFileNames: "[name]-[hash].js",
  comments: false,
  ...(process.env.MIN ? { minify: { compress: false, mangle: false, codegen: { removeWhitespace: true } } } : {}),
});
await bundle.close();
for (const file of files) cpSync(resolve(source, file), resolve(out, file), { recursive: true });
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
const dir = resolve(out, dirname(entry));
if (process.env.POST) for (const f of readdirSync(dir)) { const p = resolve(dir, f); writeFileSync(p, readFileSync(p, "utf8").replace(/[^\x00-\x7f]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`)); }
