import { copyFileSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { digestOf } from '../index/digest.ts';
import { orderSheets } from './sheet-order.ts';

/*
 * The last step of building templates. The bundler leaves two gaps: the fonts, which depend on the language of the
 * newsroom, and the addresses of the fonts that pages preload. So one bundle serves every language, and the one shipped
 * with the package needs no bundler. A bundle that was built for one newsroom goes through the same step, so both
 * produce the same bytes.
 */

/** The style sheet in place of the fonts. */
export const fontsGap = '@font-face { font-family: broadsheet-fonts; src: local("broadsheet-fonts"); }\n';
/** As the bundler prints it. */
const fontsGapPrinted = /@font-face\{font-family:broadsheet-fonts;src:local\([^)]*\)\}/;

/** Stands in the bundle for the addresses of `[roman, italic]`, as a JSON text. */
export const preloadsGap = 'broadsheet-preloads';

/** The fonts that are added to a bundle. */
export interface FontsOfBundle {
  /** The folder of the subset fonts, with their style sheet `fonts.css`. */
  folder: string;
  /** The names of the font files that pages preload, such as `newsreader-roman.woff2`. */
  roman: string[];
  italic: string[];
}

/**
 * Fills the gaps of a bundle, in place.
 *
 * @param folder with `client/` and `server/`
 * @throws Error if the bundler printed a gap differently than expected
 */
export function fitBundle(folder: string, fonts: FontsOfBundle): void {
  const assets = join(folder, 'client/assets');
  const addresses = new Map<string, string>();
  for (const file of readdirSync(fonts.folder).filter((name) => name.endsWith('.woff2'))) {
    const named = hashedName(file, readFileSync(join(fonts.folder, file)));
    copyFileSync(join(fonts.folder, file), join(assets, named));
    addresses.set(file, named);
  }
  const faces = readFileSync(join(fonts.folder, 'fonts.css'), 'utf8').replace(
    /url\((["']?)\.\/([^"')]+)\1\)/g,
    (_, _quote, file: string) => `url(${addresses.get(file)})`,
  );
  const renamed = new Map<string, string>();
  for (const sheet of readdirSync(assets).filter((name) => name.endsWith('.css'))) {
    const text = readFileSync(join(assets, sheet), 'utf8');
    const filled = text.replace(fontsGapPrinted, () => faces.replaceAll('\n', ''));
    if (filled === text) continue;
    // Its name contains a digest, because hosts let browsers keep it for ever.
    const named = hashedName(sheet.replace(/\.[^.]+\.css$/, '.css'), filled);
    rmSync(join(assets, sheet));
    writeFileSync(join(assets, named), filled);
    renamed.set(sheet, named);
  }
  if (renamed.size === 0) throw new Error('The bundle of templates has no place for the fonts.');
  const preloads = [fonts.roman, fonts.italic].map((files) =>
    files.map((file) => `/assets/${addresses.get(basename(file))}`),
  );
  let hasPreloads = false;
  for (const file of modulesIn(folder)) {
    const text = readFileSync(file, 'utf8');
    let filled = text.replaceAll(`"${preloadsGap}"`, () => JSON.stringify(JSON.stringify(preloads)));
    hasPreloads ||= filled !== text;
    for (const [sheet, named] of renamed) filled = filled.replaceAll(sheet, named);
    filled = orderSheets(filled);
    if (filled !== text) writeFileSync(file, filled);
  }
  if (!hasPreloads) throw new Error('The bundle of templates has no place for the fonts that pages preload.');
}

/** The paths of the modules in a bundle. */
export const modulesIn = (folder: string): string[] =>
  readdirSync(join(folder, 'server'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.mjs'))
    .map((name) => join(folder, 'server', name));

const hashLength = 8;

/** `a.css` as `a.HASH.css`, as the bundler names files. */
function hashedName(name: string, content: string | Uint8Array): string {
  const dot = name.lastIndexOf('.');
  return `${name.slice(0, dot)}.${digestOf(content).slice(0, hashLength)}${name.slice(dot)}`;
}
