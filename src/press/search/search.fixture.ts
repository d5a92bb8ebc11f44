import { gunzipSync } from 'node:zlib';
import { type SmallNewsroom, siteYaml, smallNewsroom } from '../small-newsroom.fixture.ts';

/** A small newsroom with the search of its own. */
export const searchedNewsroom = (files: Record<string, string | Uint8Array> = {}): SmallNewsroom =>
  smallNewsroom({ 'content/site.yaml': searchedYaml, ...files });

export const searchedYaml = siteYaml.replace('search: false\n', '');

/** The files of the search index, relative to dist, with their bytes unpacked. */
export function searchIndexOf(newsroom: SmallNewsroom): Map<string, string> {
  const files = [...newsroom.dist()].filter(([file]) => file.startsWith('pagefind/'));
  return new Map(
    files.map(([file, text]) => {
      const bytes = Buffer.from(text, 'latin1');
      return [file, (bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes).toString('utf8')];
    }),
  );
}

/** The files of the search index that contain any of these words. */
export const indexMentioning = (newsroom: SmallNewsroom, ...words: string[]): string[] =>
  [...searchIndexOf(newsroom)]
    .filter(([, text]) => words.some((word) => text.toLowerCase().includes(word.toLowerCase())))
    .map(([file]) => file);
