import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire, findPackageJSON } from 'node:module';
import { dirname, join } from 'node:path';
import { digestOf } from '../index/digest.ts';
import { socialFamily } from '../pictures/social-draw.ts';
import { escapeXml } from '../site/markup.ts';
import { isWhole, writeReceipt } from './receipt.ts';
import { isCompiled, packedFolder } from './template-folder.ts';

/*
 * The fonts of social pictures: Newsreader, as on the pages, and for other scripts fonts of the Noto family (both SIL
 * Open Font License). They are written in one weight when the engine is compiled, because Pango reads no WOFF2.
 */

/** The packages, and the parts of each, in the order in which Pango looks for a letter. */
const sources = [
  { name: 'newsreader', family: 'Newsreader 16pt 16pt', parts: ['latin', 'latin-ext', 'vietnamese'] },
  { name: 'noto-serif', family: 'Noto Serif', parts: ['cyrillic', 'cyrillic-ext', 'greek', 'greek-ext'] },
  { name: 'noto-naskh-arabic', family: 'Noto Naskh Arabic', parts: ['arabic'] },
  { name: 'noto-serif-hebrew', family: 'Noto Serif Hebrew', parts: ['hebrew'] },
  { name: 'noto-serif-devanagari', family: 'Noto Serif Devanagari', parts: ['devanagari'] },
] as const;

const weight = 600;

/** What determines the bytes of the fonts. */
export const socialFontVersions = (): string[] =>
  [...sources.map(({ name }) => `@fontsource-variable/${name}`), 'subset-font', 'harfbuzzjs'].map((name) => {
    const file = findPackageJSON(name, import.meta.url);
    return `${name} ${file ? (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version : 'none'}`;
  });

/** Writes the font files. @param folder receives them */
export async function writeSocialFonts(folder: string): Promise<void> {
  const { default: subset } = await import('subset-font');
  const { resolve } = createRequire(import.meta.url);
  mkdirSync(folder, { recursive: true });
  for (const { name, parts } of sources) {
    const home = dirname(resolve(`@fontsource-variable/${name}/package.json`));
    const ranges = JSON.parse(readFileSync(join(home, 'unicode.json'), 'utf8')) as Record<string, string>;
    for (const part of parts) {
      const bytes = await subset(
        readFileSync(join(home, `files/${name}-${part}-wght-normal.woff2`)),
        lettersOf(ranges[part] ?? ''),
        { targetFormat: 'sfnt', variationAxes: { wght: weight } },
      );
      writeFileSync(join(folder, `${name}-${part}.ttf`), bytes);
    }
    writeFileSync(join(folder, `${name}-LICENSE.txt`), readFileSync(join(home, 'LICENSE')));
  }
}

/** `U+100-17F,U+1E9E` as characters. */
function lettersOf(ranges: string): string {
  return ranges
    .split(',')
    .flatMap((range) => {
      const [from = '', to = from] = range.trim().replace(/^U\+/i, '').split('-');
      const [first, last] = [Number.parseInt(from, 16), Number.parseInt(to, 16)];
      return Array.from({ length: last - first + 1 }, (_, place) => String.fromCodePoint(first + place));
    })
    .filter((letter) => letter.isWellFormed())
    .join('');
}

/**
 * The configuration of fonts for the process that draws: only these fonts, none of the machine.
 *
 * @param cache the cache folder, where the configuration and the fonts of the repository are written
 * @returns the path of the configuration, for FONTCONFIG_FILE
 */
export async function socialFontConfig(cache: string): Promise<string> {
  const fonts = await keptSocialFonts(cache);
  const families = sources.map(({ family }) => `<string>${family}</string>`).join('');
  const text = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <dir>${escapeXml(fonts)}</dir>
  <cachedir>${escapeXml(join(cache, 'fontconfig'))}</cachedir>
  <match target="pattern"><test name="family"><string>${socialFamily}</string></test><edit name="family" mode="assign" binding="strong">${families}</edit></match>
</fontconfig>
`;
  const file = join(cache, 'social-fonts.conf');
  mkdirSync(cache, { recursive: true });
  const there = statSync(file, { throwIfNoEntry: false });
  if (there && !there.isFile()) rmSync(file, { recursive: true });
  if (!there?.isFile() || readFileSync(file, 'utf8') !== text) writeFileSync(file, text);
  return file;
}

async function keptSocialFonts(cache: string): Promise<string> {
  const packed = join(packedFolder('fonts'), 'social');
  if (isCompiled && existsSync(packed)) return packed;
  const folder = join(cache, 'fonts');
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() === false) rmSync(folder);
  const own = join(folder, `social-${digestOf(socialFontVersions().join('\n'))}`);
  if (isWhole(own, true)) return own;
  const part = `${own}.tmp`;
  rmSync(part, { recursive: true, force: true });
  await writeSocialFonts(part);
  writeReceipt(part);
  rmSync(own, { recursive: true, force: true });
  renameSync(part, own);
  return own;
}
