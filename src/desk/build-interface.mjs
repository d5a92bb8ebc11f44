// Builds the desk's interface, which runs in the browser, into a folder of static files. `compile.mjs` calls this for
// lib/desk/, and `interface-folder.ts` for the repository when lib/ is out of date. It is plain JavaScript, because
// `npm ci` compiles with any Node from 20 on.
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { bundle } from 'lightningcss';
import { rolldown } from 'rolldown';

const require = createRequire(import.meta.url);

/** Newsreader (SIL Open Font License), as the paper uses it, for headlines and the text. */
export const fonts = ['latin-wght-normal', 'latin-ext-wght-normal', 'latin-wght-italic', 'latin-ext-wght-italic'];

/** How scripts of the interface are bundled. Tests of its parts use the same. */
export const interfaceOptions = () => ({
  platform: /** @type {const} */ ('browser'),
  logLevel: /** @type {const} */ ('warn'),
  // tsconfig.json says the same about JSX, for the types.
  checks: { configurationFieldConflict: false },
  transform: {
    target: 'es2023',
    jsx: { runtime: /** @type {const} */ ('automatic'), importSource: 'preact' },
    define: { 'process.env.NODE_ENV': '"production"' },
  },
  resolve: {
    // In browsers, this package decodes `&eacute;` with innerHTML, which the desk's policy forbids. Its other version
    // has a table.
    alias: { 'decode-named-character-reference': require.resolve('decode-named-character-reference') },
  },
});

/**
 * Writes `desk.js`, its lazily loaded parts, `desk.css`, and the fonts. No source map is written, because the files are
 * shipped.
 *
 * @param {string} root the repository
 * @param {string} out the folder, which may exist
 */
export async function buildInterface(root, out) {
  const source = join(root, 'src/desk/interface');
  const build = await rolldown({ ...interfaceOptions(), input: { desk: join(source, 'main.tsx') } });
  await build.write({
    dir: out,
    format: 'esm',
    entryFileNames: '[name].js',
    chunkFileNames: 'part-[name]-[hash].js',
    minify: true,
    sourcemap: false,
  });
  await build.close();
  mkdirSync(out, { recursive: true });
  const style = bundle({ filename: join(source, 'style/desk.css'), minify: true });
  writeFileSync(join(out, 'desk.css'), style.code);
  for (const font of fonts) {
    const file = `newsreader-${font}.woff2`;
    copyFileSync(require.resolve(`@fontsource-variable/newsreader/files/${file}`), join(out, file));
  }
}
