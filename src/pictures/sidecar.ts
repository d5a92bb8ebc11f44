import { createHash } from 'node:crypto';
import { webAddress } from './metadata-addresses.ts';
import type { PictureFacts, PictureRights, PictureWords } from './picture.ts';
import { plainLines, plainText } from './plain-text.ts';
import { focusOf, type PictureText } from './words.ts';

/** The names that the sidecar of a picture can have. */
export const sidecarsOf = (path: string): string[] => [`${path}.yaml`, `${path}.yml`];

/** The picture that a file is the sidecar of, judged by its name, or undefined if it is not a sidecar. */
export const pictureOfSidecar = (file: string): string | undefined =>
  /^(.+\.(?:jpe?g|jfif|png|webp|avif|gif|tiff?|svg))\.ya?ml$/i.exec(file)?.[1];

/**
 * The facts of a picture, in which the texts of its sidecar replace those of the file, including the texts that are
 * written into renditions.
 *
 * @param words already checked: the plain caption, and `captionHtml` with its links
 */
export function withSidecar(facts: PictureFacts, words: PictureText): PictureFacts {
  const said: PictureWords = {};
  for (const key of ['alt', 'caption', 'credit', 'place', 'copyright', 'licence', 'date'] as const) {
    const text = plainText(words[key] ?? '');
    if (text !== undefined) said[key] = text;
  }
  const description = plainLines(words.description ?? '');
  if (description !== undefined) said.description = description;
  if (said.caption !== undefined && words.captionHtml !== undefined) said.captionHtml = words.captionHtml;
  if (words.kind) said.kind = words.kind;
  if (words.decorative !== undefined) said.decorative = words.decorative;
  if (words.original) said.original = words.original;
  if (words.animation) said.animation = words.animation;
  const focus = focusOf(words.focus) ?? facts.focus;
  const rights = withRights(facts.rights, said);
  const before = JSON.stringify([facts.rights ?? null, facts.focus ?? null]);
  const travels = JSON.stringify([rights ?? null, focus ?? null]);
  return {
    ...facts,
    words: { ...facts.words, ...said },
    ...(rights && { rights }),
    ...(focus && { focus }),
    ...(travels !== before && {
      sidecar: createHash('sha256').update(`${facts.digest}\n${travels}`).digest('hex').slice(0, 32),
    }),
    sidecarKeys: [...Object.keys(said), ...(words.focus === undefined ? [] : ['focus'])],
  };
}

function withRights(ofFile: PictureRights | undefined, said: PictureWords): PictureRights | undefined {
  const { credit, copyright, licence, caption } = said;
  const address = webAddress(licence);
  const rights: PictureRights = {
    ...ofFile,
    ...(credit !== undefined && { creditLine: credit }),
    ...(copyright !== undefined && { copyrightNotice: copyright }),
    ...(address !== undefined && { webStatement: address }),
    ...(licence !== undefined && address === undefined && { usageTerms: licence }),
    ...(caption !== undefined && { description: caption }),
  };
  return Object.keys(rights).length > 0 ? rights : undefined;
}
