/**
 * Joins `src/` into a few files: Node resolves and reads each module by itself, and 600 of them took a third of the
 * start (`npm run bench:start`). Packages stay where npm puts them, but for zod: it would load its messages in fifty
 * languages. What is loaded on demand stays so.
 *
 * V8 keeps the text of what it runs: without space between words, and in ASCII, of which it keeps a byte a character
 * instead of two, that is less than half of it. Names stay, so that a stack trace can be read.
 *
 *     node bundle.mjs [entry in src/] [folder]     default: cli/main.ts dist
 */
import { cpSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
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

rmSync(out, { recursive: true, force: true });
const bundle = await rolldown({
  input: resolve(source, entry),
  platform: "node",
  external: (id) => !/^[./\0]/.test(id) && id !== "zod",
  resolve: { extensionAlias: { ".js": [".ts", ".tsx", ".js"] } },
  tsconfig: resolve(import.meta.dirname, "tsconfig.json"),
  plugins: [keepPlaces],
});
const { output } = await bundle.generate({
  dir: resolve(out, dirname(entry)),
  entryFileNames: `${basename(entry, ".ts")}.js`,
  chunkFileNames: "[name]-[hash].js",
  comments: false,
  minify: { compress: false, mangle: false, codegen: { removeWhitespace: true } },
});
await bundle.close();
mkdirSync(resolve(out, dirname(entry)), { recursive: true });
for (const { fileName, code } of output) writeFileSync(resolve(out, dirname(entry), fileName), inAscii(code));
// its licence asks to be where its code is
cpSync(resolve(import.meta.dirname, "node_modules/zod/LICENSE"), resolve(out, "LICENSE-zod"));
for (const file of files) cpSync(resolve(source, file), resolve(out, file), { recursive: true });

/** In literals, the only places where it occurs, an escape stands for the same character. */
function inAscii(code) {
  return code.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
