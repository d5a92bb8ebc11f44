import type { Paragraph, PhrasingContent } from 'mdast';
import type { PictureFacts } from '../../pictures/picture.ts';
import { comparable } from '../../pictures/plain-text.ts';
import { fitWords } from '../picture-words.ts';
import { block } from './components.ts';
import type { BodyPictures, Flow, FoundPicture, HtmlContext } from './context.ts';
import { text } from './mixed.ts';
import { lineNode } from './print.ts';

interface Use {
  /** Filled in when every use of the file is known. */
  node: Flow;
  name: string;
  facts: PictureFacts;
  found: FoundPicture;
}

/** The pictures of a body, in the form in which a story has them. */
export class Pictures implements BodyPictures {
  readonly #context: HtmlContext;
  readonly #uses: Use[] = [];
  readonly #wanted = new Map<Flow, FoundPicture>();
  /** Files that no use gives an alt text. */
  readonly decorative = new Set<string>();
  /** Alt texts by the name of the copied file. */
  readonly alts = new Map<string, string>();

  constructor(context: HtmlContext) {
    this.#context = context;
  }

  add(given: FoundPicture): Flow[] {
    const context = this.#context;
    if (given.src.trim() === '') return wordsOf(given);
    const stored = context.pictureWords?.({ src: given.src, id: given.id });
    const found: FoundPicture = {
      ...given,
      alt: given.alt?.trim() || stored?.alt,
      caption: given.caption?.trim() || undefined,
      credit: given.credit?.trim() || stored?.credit,
    };
    const answer = context.picture(given.src);
    if (answer.kind === 'local') {
      const node: Flow = { type: 'paragraph', children: [] };
      this.#uses.push({ node, name: answer.name, facts: answer.facts, found });
      if (found.alt && !this.alts.has(answer.name)) this.alts.set(answer.name, found.alt);
      return [node];
    }
    const wanted = answer.url ?? wantedAddress(given.src);
    if (wanted === undefined) {
      // Nothing says where it is, so only its words can stay.
      context.note('picture-named', given.src, found.caption ?? found.alt ?? '');
      return wordsOf(found);
    }
    context.note('picture-wanted', given.src, `<Figure wanted="${wanted}" />`);
    const repeats =
      found.caption !== undefined && found.alt !== undefined && comparable(found.alt) === comparable(found.caption);
    const node = block('Figure', {
      wanted,
      alt: repeats ? undefined : found.alt,
      caption: found.caption,
      credit: found.credit,
    });
    this.#wanted.set(node, { ...found, src: wanted });
    return [node];
  }

  /**
   * Takes the lead picture out of a body that begins with it.
   *
   * @returns the other blocks, and the texts of the picture
   */
  withoutLead(blocks: readonly Flow[]): { blocks: Flow[]; lead?: FoundPicture } {
    const { lead } = this.#context;
    const first = blocks[0];
    if (lead === undefined || first === undefined) return { blocks: [...blocks] };
    const at = this.#uses.findIndex(({ node, name }) => node === first && name === lead);
    const placeholder = this.#wanted.get(first);
    if (at === -1 && placeholder?.src !== lead) return { blocks: [...blocks] };
    const found = at === -1 ? placeholder : this.#uses[at]?.found;
    if (at !== -1) this.#uses.splice(at, 1);
    return { blocks: blocks.slice(1), lead: found };
  }

  /** Decides the texts of every picture, now that every use of each file is known. */
  finish(): void {
    const fitted = this.#uses.map((use) => ({
      use,
      words: fitWords({ alt: use.found.alt ?? this.alts.get(use.name), caption: use.found.caption }, use.facts),
    }));
    const described = new Set(fitted.filter(({ words }) => !words.decorative).map(({ use }) => use.name));
    for (const { use, words } of fitted) {
      const { node, name, found } = use;
      const isDecorative = words.decorative;
      if (isDecorative && !described.has(name)) this.decorative.add(name);
      this.#context.note('picture-copied', found.src, name);
      if (isDecorative) this.#context.note('picture-decorative', found.src, name);
      else if (found.caption !== undefined && words.caption === undefined)
        this.#context.note('caption-dropped', found.caption, words.alt);
      const isPlain = found.credit === undefined && !(isDecorative && described.has(name));
      if (isPlain)
        (node as Paragraph).children = [{ type: 'image', url: name, alt: words.alt, title: words.caption ?? null }];
      else
        Object.assign(
          node,
          { children: [], attributes: [] },
          block('Picture', {
            src: name,
            alt: words.alt,
            caption: words.caption,
            credit: found.credit,
            decorative: isDecorative ? true : undefined,
          }),
        );
    }
  }
}

/** The texts of a picture that nobody can find. */
function wordsOf({ caption, alt, credit }: FoundPicture): Flow[] {
  const parts: PhrasingContent[] = [
    ...(caption ? [lineNode(caption)] : alt ? [text(alt)] : []),
    ...(credit ? [text(`${caption || alt ? ' ' : ''}${credit}`)] : []),
  ];
  return parts.length === 0 ? [] : [{ type: 'paragraph', children: parts }];
}

/** An address that is not complete is kept as it is, so that an editor can find the picture. */
const wantedAddress = (src: string): string | undefined => {
  const bare = src.replace(/[\p{Cc}\s]+/gu, '');
  return bare === '' || /^[a-z][a-z0-9+.-]*:/i.test(bare) ? undefined : bare;
};
