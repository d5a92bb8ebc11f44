import type { BlogPosting } from 'schema-dts';
import { plainText } from '../../feeds/plain/plain-text.ts';
import { datesOf } from '../../i18n/dates.ts';
import type { ShownBody, StoryResult } from '../../queries/results.ts';
import { absoluteHrefOf, type Site } from '../../site/site.ts';
import { instantOf, localDay } from '../../site/zone.ts';
import { modifiedOf } from '../../story/card.ts';

/**
 * The updates of a live story for search engines: each heading of the second level begins one. If the heading begins
 * with a time, such as `14:05` or `2025-02-12 14:05`, that is its date.
 *
 * @see https://schema.org/liveBlogUpdate
 */
export function liveUpdates(site: Site, { card, body, corrections }: StoryResult): BlogPosting[] {
  const { isoWhen } = datesOf(site.language, site.timeZone);
  const dayOf = (instant: number) => localDay(instant, site.timeZone);
  const published = dayOf(card.published);
  // A time alone is that of one day only while the story is from one day.
  const day = dayOf(modifiedOf(card, corrections).instant) === published ? published : undefined;
  return sectionsOf(body).map(({ id, heading, html }): BlogPosting => {
    const [prefix = '', ownDay = day, hours, minutes] = timed.exec(heading) ?? [];
    const instant =
      ownDay === undefined || hours === undefined
        ? undefined
        : instantOf(`${ownDay}T${hours.padStart(2, '0')}:${minutes}`, site.timeZone);
    return {
      '@type': 'BlogPosting',
      headline: (instant === undefined ? '' : heading.slice(prefix.length).trim()) || heading,
      ...(instant !== undefined && { datePublished: isoWhen(instant, false) }),
      articleBody: plainText(html).replaceAll('\n\n', '\n'),
      url: absoluteHrefOf(site, `${card.address}#${id}`),
    };
  });
}

const timed = /^(?:(\d{4}-\d{2}-\d{2})[T ,]+)?(\d{1,2})[:.](\d{2})(?!\d)\s*[:|–—-]?/;

const heading = /<h2 id="([^"]+)">(.*?)<\/h2>/gs;

/** What is below each heading. Texts inside of components belong to it. */
function sectionsOf(body: ShownBody): { id: string; heading: string; html: string }[] {
  const sections: { id: string; heading: string; html: string }[] = [];
  const add = (html: string) => {
    const last = sections.at(-1);
    if (last) last.html += html;
  };
  for (const part of body) {
    if (part.kind !== 'html') {
      if (part.kind === 'element') add(textOf(part.children));
      continue;
    }
    let from = 0;
    for (const { 0: whole, 1: id = '', 2: words = '', index } of part.html.matchAll(heading)) {
      add(part.html.slice(from, index));
      sections.push({ id, heading: plainText(words), html: '' });
      from = index + whole.length;
    }
    add(part.html.slice(from));
  }
  // Footnotes are no update.
  return sections.filter(({ id, html }) => id !== 'footnote-label' && html.trim() !== '');
}

const textOf = (body: ShownBody): string =>
  body
    .map((part) => (part.kind === 'html' ? part.html : part.kind === 'element' ? textOf(part.children) : ''))
    .join('');
