import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { manifestOf } from './installed-packages.ts';
import { isCompiled, packedFolder, templatesFolder } from './template-folder.ts';

/*
 * The licences of what readers receive from other projects. The only such files are the fonts. Their licence (OFL 1.1)
 * requires that each copy has the copyright notice and the licence, which may be a text file beside them.
 */

export const licencesFile = 'assets/licences.txt';

const fontPackage = '@fontsource-variable/newsreader';

/** Whether a file of the templates comes from another project. Styles and drawings are our own. */
export const isOfOthers = (file: string): boolean => /^assets\/newsreader-[^/]+\.woff2$/.test(file);

/**
 * The text of `assets/licences.txt`: which files of the site come from which package, and its licence.
 *
 * @param files of the templates, relative to dist
 * @returns undefined if the site has no such file, for example because a theme has its own fonts
 */
export function licencesOf(files: readonly string[]): string | undefined {
  const fonts = files.filter(isOfOthers).sort();
  if (fonts.length === 0) return undefined;
  return [
    'These files of this site come from another project:',
    '',
    ...fonts,
    '',
    `They are from the package ${fontPackage}, reduced to the letters that the site uses.`,
    'This is their copyright notice and their licence:',
    '',
    licenceOfFonts(),
  ].join('\n');
}

function licenceOfFonts(): string {
  const folder = isCompiled
    ? packedFolder('fonts')
    : dirname(manifestOf(fontPackage, join(templatesFolder, 'press/fonts.ts')) ?? '');
  return readFileSync(join(folder, 'LICENSE'), 'utf8');
}
