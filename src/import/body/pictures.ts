import type { Nodes } from 'mdast';
import type { PictureFacts } from '../../pictures/picture.ts';
import { comparable } from '../../pictures/plain-text.ts';
import { splitCredit } from '../credit-line.ts';
import { type FittedWords, fitWords } from '../picture-words.ts';
import { captionWords } from '../plain-words.ts';
import type { BodyContext, PictureEntry } from './context.ts';
import type { Draft } from './draft.ts';
import { type BodyParts, captionOf, sourceOf } from './parts.ts';

/**
 * The texts of a body's pictures. A file has one entry in the front matter, so the decision for one use applies to all
 * uses.
 */
export interface BodyPictures {
  /** The names of copied files. */
  decorative: Set<string>;
  /** Alt texts by the name of the copied file. */
  alts: Map<string, string>;
  /** What the front matter says about pictures, by name: the address of a missing one, and credits. */
  entries: Map<string, PictureEntry>;
  /** The texts for one use of a missing picture. @param address where it was */
  wantedFor(
    name: string,
    address: string,
    alt: string | null | undefined,
    caption: string | null | undefined,
  ): { alt: string; caption?: string };
  /** The texts for one use of a picture, from the source, in a form that the build accepts. */
  wordsFor(
    name: string,
    facts: PictureFacts,
    alt: string | null | undefined,
    caption: string | null | undefined,
  ): FittedWords;
}

/** A caption links to other sites and to the old one, but not to stories by name. */
function completeLink(context: BodyContext, url: string): string | undefined {
  const answer = context.link(url);
  if (answer.kind === 'keep') return /^(?:https?|mailto|tel):/i.test(url) ? url : undefined;
  return 'url' in answer && answer.kind !== 'story' ? answer.url : undefined;
}

/** Decides the texts of all pictures in a body. */
export function picturesOf(
  { tree, tags, definitions }: BodyParts,
  { text }: Draft,
  context: BodyContext,
): BodyPictures {
  const decorative = new Set<string>();
  const alts = new Map<string, string>();
  const uses: { name: string; facts: PictureFacts; alt: string; caption?: string }[] = [];
  const use = (url: string, alt: string | null | undefined, caption: string | null | undefined): void => {
    const answer = url === '' ? undefined : context.picture(url);
    if (answer?.kind === 'local')
      uses.push({
        name: answer.name,
        facts: answer.facts,
        alt: alt?.trim() ?? '',
        caption: caption?.trim() || undefined,
      });
  };
  (function collect(node: Nodes): void {
    if (node.type === 'image') use(node.url, node.alt, node.title);
    else if (node.type === 'imageReference') {
      const definition = definitions.get(node.identifier);
      if (definition) use(definition.url, node.alt, definition.title);
    }
    if ('children' in node) for (const child of node.children) collect(child);
  })(tree);
  for (const tag of tags)
    if (tag.name === 'img' && !tag.isClose) use(sourceOf(tag), tag.attributes.get('alt'), captionOf(tag, tags, text));
  for (const { name, alt } of uses) if (alt !== '' && !alts.has(name)) alts.set(name, alt);
  for (const { name, facts, alt, caption } of uses)
    if (fitWords({ alt: alt || alts.get(name), caption }, facts).decorative) decorative.add(name);
  const entries = new Map<string, PictureEntry>();
  /** A credit at the end of a caption goes to the front matter, if every use of the picture has the same. */
  const withoutCredit = (name: string, caption: string | undefined): string | undefined => {
    if (caption === undefined) return undefined;
    const split = splitCredit(caption);
    const entry = entries.get(name) ?? {};
    if (split.credit === undefined || (entry.credit ?? split.credit) !== split.credit) return caption;
    entries.set(name, { ...entry, credit: split.credit });
    return split.caption;
  };
  const lined = (caption: string | null | undefined): string | undefined =>
    captionWords(caption ?? '', (url) => completeLink(context, url)) || undefined;
  return {
    decorative,
    alts,
    entries,
    wantedFor: (name, address, alt, caption) => {
      entries.set(name, { ...entries.get(name), wanted: address });
      const words = { alt: alt?.trim() ?? '', caption: withoutCredit(name, lined(caption)) };
      if (words.caption !== undefined && comparable(words.caption).includes(comparable(words.alt))) words.alt = '';
      if (words.alt === '' && words.caption === undefined && entries.get(name)?.credit === undefined)
        entries.set(name, { ...entries.get(name), decorative: true });
      return words;
    },
    wordsFor: (name, facts, alt, caption) => {
      const wanted = { alt: alt?.trim() || alts.get(name), caption: withoutCredit(name, lined(caption)) };
      const fitted = fitWords(wanted, facts);
      return decorative.has(name) && !fitted.decorative
        ? { alt: '', caption: wanted.caption, decorative: true }
        : fitted;
    },
  };
}

/** Records in the receipt what became of the texts of one use of a picture. */
export function noteFit(
  { note }: Draft,
  start: number,
  {
    raw,
    name,
    fitted,
    caption,
  }: { raw: string; name: string; fitted: FittedWords; caption: string | null | undefined },
): void {
  if (fitted.decorative) note('picture-decorative', start, raw, `pictures: { ${name}: { decorative: true } }`);
  else if (caption?.trim() && fitted.caption === undefined) note('caption-dropped', start, raw, fitted.alt);
}
