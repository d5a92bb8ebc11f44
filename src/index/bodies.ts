import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PictureFacts } from '../pictures/picture.ts';
import { baseOf, hrefOf, type Site } from '../site/site.ts';
import type { Body } from '../story/body/body.ts';
import { type CompiledBody, compileBody } from '../story/body/compile.ts';
import { bodyPictureWords, showPicture } from '../story/derive.ts';
import { pictureSpellings } from '../story/picture-file.ts';
import type { StoryDetail } from '../story/record.ts';
import { readSource } from '../story/source.ts';
import type { ShownBody } from './answers.ts';
import { desk } from './desk.ts';
import { digestOf } from './digest.ts';
import type { ShelvedBody } from './shelf.ts';
import { knownElements } from './theme-elements.ts';

/**
 * Bodies between being checked and being printed moments later: a few wait here, many on the shelf. What
 * no longer fits is compiled again.
 */
const kept = new Map<string, ShelvedBody>();
let keptChars = 0;
const keptCharsMax = 2_000_000;

/** The same bytes are another text as Markdown than as MDX, and have other quotation marks in another language. */
const keyOf = (file: string, language: string, digest: string): string =>
  `${/\.mdx$/i.test(file) ? 'mdx' : 'md'} ${language} ${digest}`;

/** @param digest of the file that the body came from; @param chars of its text, as a measure of memory */
export function keepBody(file: string, language: string, digest: string, body: CompiledBody, chars: number): void {
  const { shelf } = desk();
  if (shelf) {
    shelf.put(keyOf(file, language, digest), body);
    return;
  }
  if (keptChars + chars > keptCharsMax) return;
  keptChars += chars;
  kept.set(keyOf(file, language, digest), body);
}

function takeBody(file: string, digest: string, language: string, site: Site): ShelvedBody {
  const key = keyOf(file, language, digest);
  const waiting = kept.get(key) ?? desk().shelf?.get(key);
  if (waiting) {
    kept.delete(key);
    return waiting;
  }
  let bytes: Buffer;
  try {
    bytes = readFileSync(join(desk().root, file));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    throw new Error(`${file} was removed while the press ran; publish again`);
  }
  // Saved between the look and now: the old page stays, and the next publish takes the new text in.
  if (digestOf(bytes) !== digest) throw new Error(`${file} was saved while the press ran; publish again`);
  const source = readSource(file, bytes);
  if ('problems' in source) throw new Error(`${file} was checked and cannot be read now`);
  return compileBody(
    { text: source.body, format: /\.mdx$/i.test(file) ? 'mdx' : 'md', file, firstLine: source.bodyLine },
    { language, base: baseOf(site), known: knownElements().known },
  );
}

/** Where a body is, and the words that the front matter has for its pictures. */
export interface BodyFile {
  file: string;
  fileDigest: string;
  language?: string;
  pictures: StoryDetail['pictures'];
}

/**
 * A body as the templates print it: pictures with their words, links with the address of the story
 * they lead to, or as words alone while that story is not public.
 *
 * @param link answers with the address of a story by name
 */
export function showBody(
  { file, fileDigest, language, pictures }: BodyFile,
  site: Site,
  link: (name: string) => string | undefined,
): { body: ShownBody; words: number } {
  const { body, words } = takeBody(file, fileDigest, language ?? site.language, site);
  const show = (parts: Body): ShownBody => {
    const shown: ShownBody = [];
    const html = (text: string) => {
      const last = shown.at(-1);
      if (last?.kind === 'html') last.html += text;
      else shown.push({ kind: 'html', html: text });
    };
    for (const part of parts) {
      if (part.kind === 'html') html(part.html);
      else if (part.kind === 'link') {
        const address = link(part.target.normalize('NFC'));
        if (address !== undefined)
          html(
            `<a href="${escapeHtml(hrefOf(site, address) + part.fragment)}"${part.title ? ` title="${escapeHtml(part.title)}"` : ''}>`,
          );
        for (const child of show(part.children)) {
          if (child.kind === 'html') html(child.html);
          else shown.push(child);
        }
        if (address !== undefined) html('</a>');
      } else if (part.kind === 'picture') {
        const picture = showPicture(file, part.src, bodyPictureWords(part, pictures), { picture: factsOf });
        if ('problems' in picture) throw new Error(`${file}:${part.line}: ${picture.problems[0]?.message}`); // it was right when it was taken in
        shown.push({ kind: 'picture', picture: picture.shown });
      } else
        shown.push({ kind: 'element', name: part.name, attributes: part.attributes, children: show(part.children) });
    }
    return shown;
  };
  return { body: show(body), words };
}

const escapeHtml = (text: string): string =>
  text.replace(/[&<>"]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign]!);

/** What the index knows of a picture file. @param path newsroom-relative */
export function factsOf(path: string): PictureFacts | undefined {
  for (const spelling of pictureSpellings(path)) {
    const row = desk().sql('SELECT facts FROM picture WHERE path = ?').get(spelling) as { facts: string } | undefined;
    if (row) return JSON.parse(row.facts) as PictureFacts;
  }
  return undefined;
}
