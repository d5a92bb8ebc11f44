import { unescapeBrackets } from '../../site/markup.ts';
import type { FoundCard } from './found-card.ts';
import type { Counts, HitData } from './shards.ts';

/* What the search page shows. Texts become text nodes, so nothing in a story or a query can become markup. */

/** An element with properties and content. */
function make<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  properties: Partial<HTMLElementTagNameMap[Name]> = {},
  ...content: (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...content);
  return element;
}

/** A result: headline, section and date, and the text around what was found. @param base with a slash at its end */
export function resultOf({ raw_url, meta, excerpt }: HitData, base: string): HTMLLIElement {
  const [address = '', json = ''] = raw_url.split('#');
  const card = cardOf(json);
  const within = (path: string) => base + path.replace(/^\//, '');
  const link = make('a', { href: within(address) }, meta.title ?? address);
  const text = make('div', {}, make('h2', {}, link));
  if (card.paid) text.append(make('p', { className: 'paid' }, card.paid));
  const time = make('time', { dateTime: card.iso }, card.date);
  const stamp = make('p', { className: 'stamp' });
  if (card.section) stamp.append(card.section, ' · ');
  stamp.append(time);
  const quote = make('p', { className: 'context' }, ...marked(excerpt));
  text.append(stamp, quote);
  for (const spoken of [link, quote]) {
    if (card.lang) spoken.lang = card.lang;
    if (card.dir) spoken.dir = card.dir;
  }
  const item = make('li', {}, text);
  const { picture } = card;
  if (picture) {
    const img = make('img', { loading: 'lazy', decoding: 'async', alt: '' });
    img.width = picture.widthPx;
    img.height = picture.heightPx;
    img.src = within(picture.src);
    const sources = picture.avif === undefined ? [] : [avif(picture.avif, within)];
    item.append(make('picture', {}, ...sources, img));
  }
  return item;
}

const avif = (srcset: string, within: (path: string) => string): HTMLSourceElement =>
  make('source', {
    type: 'image/avif',
    srcset: srcset
      .split(', ')
      .map((one) => within(one))
      .join(', '),
    sizes: '(min-width: 44rem) 13.5rem, 6.75rem',
  });

function cardOf(json: string): FoundCard {
  try {
    return JSON.parse(decodeURIComponent(json)) as FoundCard;
  } catch {
    return { date: '', iso: '' };
  }
}

/** A text with `<mark>` around some words, as nodes. */
export function marked(excerpt: string): (Node | string)[] {
  return excerpt
    .split(/(<mark>.*?<\/mark>)/)
    .filter((part) => part !== '')
    .map((part) =>
      part.startsWith('<mark>')
        ? make('mark', {}, unescapeBrackets(part.slice('<mark>'.length, -'</mark>'.length)))
        : unescapeBrackets(part),
    );
}

/** Fills a menu with the values of a filter. The first entry, for all, stays. */
export function fillMenu(menu: HTMLSelectElement, counts: Counts[string], chosen: string, language: string): void {
  const order = new Intl.Collator(language);
  const values = Object.entries(counts).filter(([value, count]) => count > 0 && value !== '');
  if (chosen !== '' && !Object.hasOwn(counts, chosen)) values.push([chosen, 0]);
  menu.replaceChildren(
    menu.options[0]!,
    ...values
      .sort(([a], [b]) => order.compare(a, b))
      .map(([value, count]) => make('option', { value }, count > 0 ? `${value} (${count})` : value)),
  );
  menu.value = chosen;
  menu.closest<HTMLElement>('.menu')!.hidden = values.length === 0;
}
