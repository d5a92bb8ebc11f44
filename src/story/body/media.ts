import type { Element, Nodes } from 'hast';
import { proposedName } from '../picture-file.ts';
import { wrongName } from '../problems/pictures.ts';
import type { BodyProblem } from '../problems/shared.ts';
import { type BodyPicture, type PictureAttributes, putPictureWords } from './body.ts';
import { decoded, judgeLink, judgePicture } from './links.ts';
import { elementsOf, textIn } from './nodes.ts';
import type { ElementPiece, Piece } from './pieces.ts';
import { holdsPhrasing } from './sanitise.ts';
import { type BodyWords, voiceOf } from './words.ts';

/** What is needed to arrange pictures, frames, videos, and sounds. */
interface MediaState {
  words: BodyWords;
  base: string;
  problems: BodyProblem[];
}

/** A picture written as raw HTML or as Markdown. */
export function arrangePicture(node: Element, state: MediaState, line: number): Piece[] {
  const { src, alt, title } = node.properties;
  return pictureOf(
    String(src ?? ''),
    {
      alt: typeof alt === 'string' ? alt : undefined,
      caption: typeof title === 'string' ? title : undefined,
    },
    state,
    line,
  );
}

/** A figure that contains only one picture becomes that picture, and its caption becomes the caption of the picture. */
export function arrangeFigure(node: Element, state: MediaState, line: number): Piece[] | undefined {
  const pictures = elementsOf(node, 'img');
  const picture = pictures[0];
  if (!picture || pictures.length > 1) return undefined;
  const caption = elementsOf(node, 'figcaption')[0];
  const isMore = (child: Nodes): boolean => {
    if (child === caption || child === picture) return false;
    if (child.type === 'text') return child.value.trim() !== '';
    if (child.type !== 'element') return false;
    return holdsPhrasing.has(child.tagName) || ['a', 'div', 'figure'].includes(child.tagName)
      ? child.children.some(isMore)
      : true;
  };
  if (node.children.some(isMore)) return undefined;
  const pieces = arrangePicture(picture, state, picture.position?.start?.line ?? line);
  const found = pieces[0];
  if (caption && found && found.tag === '#picture') {
    const text = textIn(caption)
      .replace(/[ \t\n]+/g, ' ')
      .trim();
    if (text !== '') (found as ElementPiece).picture!.caption = text;
  }
  return pieces;
}

/** A picture in the body, by its address as written. */
export function pictureOf(
  written: string,
  words: PictureAttributes & { decorative?: boolean },
  state: Pick<MediaState, 'problems'>,
  line: number,
): Piece[] {
  const judged = judgePicture(written);
  if ('fault' in judged) {
    state.problems.push(wrongName({ line }, judged.fault, written));
    return [];
  }
  const picture: BodyPicture = { kind: 'picture', src: judged.src, decorative: words.decorative === true, line };
  putPictureWords(picture, words);
  return [{ tag: '#picture', attributes: [], children: [], line, picture }];
}

/**
 * A picture that the newsroom does not have yet.
 *
 * @param wanted its address @param written the name that its file will have, if the story gives one
 */
export function wantedPictureOf(
  wanted: string,
  written: unknown,
  words: PictureAttributes & { decorative?: boolean },
  state: Pick<MediaState, 'problems'>,
  line: number,
): Piece[] {
  const isUnnamed = typeof written !== 'string';
  const [piece] = pictureOf(isUnnamed ? proposedName(wanted) : written, words, state, line) as ElementPiece[];
  if (!piece?.picture) return [];
  piece.picture.wanted = wanted;
  if (isUnnamed) piece.picture.isUnnamed = true;
  return [piece];
}

/** A frame, video, or sound from another site becomes a link that says what it is. */
export function embedded(node: Element, state: MediaState, inside: { line: number; isLink?: boolean }): Piece[] {
  const source = node.properties.src ?? elementsOf(node, 'source')[0]?.properties.src;
  const link = judgeLink(String(source ?? ''), state.base);
  if (link.kind !== 'link' || inside.isLink) return [];
  const host = URL.canParse(link.href)
    ? new URL(link.href).host
    : decoded(link.href.split(/[?#]/)[0]!.split('/').at(-1) ?? '');
  if (host === '') return [];
  const title = typeof node.properties.title === 'string' ? node.properties.title.trim() : '';
  const words = { iframe: state.words.embedded, video: state.words.video, audio: state.words.audio }[
    node.tagName as 'iframe'
  ](host);
  return [
    {
      tag: 'a',
      attributes: [['href', link.href], ...(title === '' ? voiceOf(state.words) : [])],
      children: [{ tag: '#text', text: title === '' ? words : `${title} (${host})` }],
      line: inside.line,
      written: String(source),
    },
  ];
}
