import { comparable } from '../pictures/plain-text.ts';
import type { Lead } from './converted.ts';
import type { Cover } from './cover.ts';
import { escapeMarkdown, pictureName } from './markdown-words.ts';
import type { StoryPictures } from './picture-shelf.ts';
import { fitWords } from './picture-words.ts';
import type { Change } from './receipt.ts';

/**
 * The lead picture of a story.
 *
 * @param alts alt texts of the body, by the name of the copied file
 * @returns the lead, or text that goes above the body if the picture cannot be shown
 */
export function convertLead(
  cover: Cover,
  pictures: StoryPictures,
  alts: ReadonlyMap<string, string>,
  place: { file: string; line: number },
): { lead?: Lead; above?: string; changes: Change[] } {
  const answer = pictures.answer(cover.src);
  if (answer.kind === 'local') {
    const changes: Change[] = [];
    const fitted = fitWords({ alt: cover.alt ?? alts.get(answer.name), caption: cover.caption }, answer.facts);
    const lead: Lead = { src: answer.name };
    if (fitted.alt !== '') lead.alt = fitted.alt;
    if (fitted.caption !== undefined) lead.caption = fitted.caption;
    if (cover.credit !== undefined) lead.credit = cover.credit;
    if (fitted.decorative) {
      lead.decorative = true;
      changes.push({
        ...place,
        kind: 'picture-decorative',
        before: cover.src,
        after: `lead: { src: ${answer.name}, decorative: true }`,
      });
    }
    changes.push({ ...place, kind: 'picture-copied', before: cover.src, after: `lead: { src: ${answer.name} }` });
    return { lead, changes };
  }
  const wanted = answer.url ?? (isSchemeless(cover.src) ? cover.src : undefined);
  if (wanted === undefined) {
    const above = escapeMarkdown(pictureName(cover.alt, cover.caption, cover.src));
    return { above, changes: [{ ...place, kind: 'picture-named', before: cover.src, after: above }] };
  }
  const repeats = cover.alt !== undefined && comparable(cover.caption ?? '').includes(comparable(cover.alt));
  const lead: Lead = { wanted };
  if (cover.alt !== undefined && !repeats) lead.alt = cover.alt;
  if (cover.caption !== undefined) lead.caption = cover.caption;
  if (cover.credit !== undefined) lead.credit = cover.credit;
  return {
    lead,
    changes: [{ ...place, kind: 'picture-wanted', before: cover.src, after: `lead: { wanted: ${wanted} }` }],
  };
}

const isSchemeless = (src: string): boolean => !/^[a-z][a-z0-9+.-]*:/i.test(src.trim());
