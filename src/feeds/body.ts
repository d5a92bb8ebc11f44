import type { Words } from '../i18n/vocabulary.ts';
import type { StoryResult } from '../queries/results.ts';
import { escapeAttribute } from '../site/markup.ts';
import { absoluteHrefOf, type Site } from '../site/site.ts';
import { figure, notice, unavailable } from './plain/parts.ts';
import { type Printing, plainHtml } from './plain/plain-html.ts';

/**
 * A complete story as self-contained HTML for feed readers: plain elements, complete addresses, no styles.
 *
 * @param words in the language of the story
 * @param hasPictures a feed can be without pictures
 */
export function feedBody(site: Site, story: StoryResult, words: Words, hasPictures = true): string {
  const { card, leadPlaceholder } = story;
  const printing: Printing = { ...printingOf(site, story, words), ...(!hasPictures && { isWithoutPictures: true }) };
  const lead = card.lead ? figure(card.lead, printing) : leadPlaceholder ? unavailable(leadPlaceholder, printing) : '';
  return wholeText(story, printing, { lead });
}

/** How the text of a story is printed. */
export const printingOf = (site: Site, { card }: Pick<StoryResult, 'card'>, words: Words): Printing => ({
  site,
  words,
  language: card.language ?? site.language,
  page: absoluteHrefOf(site, card.address),
});

/**
 * The text of a story with the notices that its page has above and below it.
 *
 * @param lead the lead picture as HTML, which comes after the name of the sponsor
 * @param mark the class of the notices, for programs that get their texts another way too
 * @param dateline whether to print it. Feed readers do without
 */
export function wholeText(
  story: Omit<StoryResult, 'related' | 'translations' | 'words'>,
  printing: Printing,
  { lead = '', mark, hasDateline = false }: { lead?: string; mark?: string; hasDateline?: boolean } = {},
): string {
  const { card, warning, corrections, dateline } = story;
  const { words } = printing;
  const say = (label: string, text: string) => notice(label, text, printing, mark);
  const changes = corrections.map(({ type, text }) => say(words.corrections[type], text));
  const isProminent = corrections.map(({ prominent }) => prominent);
  const paidBy = card.sponsor?.kind === 'partner' ? words.partnerOf : words.paidBy;
  return [
    card.sponsor ? say(paidBy, card.sponsor.name) : '',
    lead,
    ...changes.filter((_, place) => isProminent[place]),
    warning ? say(words.contentWarning, warning) : '',
    hasDateline && dateline
      ? `<p${mark === undefined ? '' : ` class="${mark}"`}><b>${escapeAttribute(dateline)}</b></p>`
      : '',
    plainHtml(story.body, printing),
    ...changes.filter((_, place) => !isProminent[place]),
    story.note ? say(words.note, story.note) : '',
    story.source ? say(words.source, story.source.name) : '',
  ].join('');
}
