import { escapeAttribute, escapeText } from '../../../site/markup.ts';
import { type Card, type CardOptions, cardToHtml } from './cards.ts';

interface Mobiledoc {
  atoms?: [name: string, text: string, payload: unknown][];
  cards?: [name: string, payload: Card | null][];
  markups?: [tag: string, attributes?: string[]][];
  sections?: unknown[][];
}

type Marker = [type: number, opened: number[], closed: number, value: string | number];

const allowed = new Set(['a', 'b', 'strong', 'i', 'em', 's', 'del', 'u', 'code', 'sub', 'sup', 'mark']);

/** The HTML of a text in Ghost's older editor. @returns undefined if it is not valid */
export function mobiledocToHtml(json: string, options: CardOptions): string | undefined {
  try {
    const document = JSON.parse(json) as Mobiledoc;
    return (document.sections ?? []).map((section) => sectionOf(section, document, options)).join('\n');
  } catch {
    return undefined;
  }
}

/** The only card of a text that consists of one Markdown card, or undefined. */
export function onlyMarkdown(json: string): string | undefined {
  try {
    const { cards = [], sections = [] } = JSON.parse(json) as Mobiledoc;
    const written = sections.filter((section) => section[0] === 10 || JSON.stringify(section[2] ?? []) !== '[]');
    const [card] = cards;
    const isOnly = written.length === 1 && written[0]?.[0] === 10 && cards.length === 1;
    const markdown =
      isOnly && (card?.[0] === 'markdown' || card?.[0] === 'card-markdown') ? card[1]?.markdown : undefined;
    return typeof markdown === 'string' ? markdown : undefined;
  } catch {
    return undefined;
  }
}

function sectionOf(section: unknown[], document: Mobiledoc, options: CardOptions): string {
  switch (section[0]) {
    case 1: {
      const tag = String(section[1] ?? 'p').toLowerCase();
      const text = markersOf(section[2] as Marker[], document);
      if (tag === 'blockquote') return `<blockquote><p>${text}</p></blockquote>`;
      if (tag === 'aside') return `<blockquote class="kg-blockquote-alt">${text}</blockquote>`;
      return /^(?:p|h[1-6])$/.test(tag) ? `<${tag}>${text}</${tag}>` : `<p>${text}</p>`;
    }
    case 2:
      return `<figure><img src="${escapeAttribute(String(section[1] ?? ''))}" alt=""></figure>`;
    case 3: {
      const tag = section[1] === 'ol' ? 'ol' : 'ul';
      const items = (section[2] as Marker[][]) ?? [];
      return `<${tag}>${items.map((markers) => `<li>${markersOf(markers, document)}</li>`).join('')}</${tag}>`;
    }
    case 10: {
      const [name, payload] = document.cards?.[Number(section[1])] ?? [];
      return name === undefined ? '' : cardToHtml(name, payload ?? {}, options);
    }
    default:
      return '';
  }
}

function markersOf(markers: Marker[] | undefined, { atoms = [], markups = [] }: Mobiledoc): string {
  const open: string[] = [];
  let html = '';
  for (const [type, opened, closed, value] of markers ?? []) {
    for (const index of opened) {
      const [name = '', attributes = []] = markups[index] ?? [];
      const tag = allowed.has(name.toLowerCase()) ? name.toLowerCase() : 'span';
      const at = attributes.indexOf('href');
      html += tag === 'a' ? `<a href="${escapeAttribute(attributes[at + 1] ?? '')}">` : `<${tag}>`;
      open.push(tag);
    }
    if (type === 0) html += escapeText(String(value));
    else {
      const [name, text] = atoms[Number(value)] ?? [];
      html += name === 'soft-return' ? '<br>' : escapeText(text ?? '');
    }
    for (let count = 0; count < closed; count++) html += `</${open.pop() ?? 'span'}>`;
  }
  return (
    html +
    open
      .reverse()
      .map((tag) => `</${tag}>`)
      .join('')
  );
}
