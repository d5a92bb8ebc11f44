import { printingOf, wholeText } from '../feeds/body.ts';
import { captionBelow, notice } from '../feeds/plain/parts.ts';
import { type Printing, plainHtml } from '../feeds/plain/plain-html.ts';
import { unmarked } from '../i18n/borrowed.ts';
import { datesOf } from '../i18n/dates.ts';
import { hasWords, wordsOf } from '../i18n/words.ts';
import { noticeMark } from '../newsroom/own-meta.ts';
import { plainPicture } from '../pictures/hrefs.ts';
import type { ShownPicture } from '../pictures/picture.ts';
import { escapeAttribute } from '../site/markup.ts';
import type { Site } from '../site/site.ts';
import type { WholeNewsroom, WholePage, WholeStory } from './whole-newsroom.ts';

/** Marks a picture that the newsroom does not have. */
export const wantedMark = 'broadsheet-wanted';

/** Where the file of a picture is in an export, or undefined if it is only on the site. */
export type PlacePicture = (picture: ShownPicture) => { url: string; class?: string } | undefined;

/** The text of a story with its notices, without its lead picture and its headline. */
export function storyHtml(newsroom: WholeNewsroom, story: WholeStory, place: PlacePicture): string {
  const { site } = newsroom;
  const printing = printingFor(newsroom, story.card.language, story, place);
  if (story.state === 'withdrawn' && story.body.length === 0) return unmarked(withdrawnNotice(site, story, printing));
  return unmarked(wholeText(story, printing, { mark: noticeMark, hasDateline: true }));
}

/** The text of a standing page. */
export function pageHtml(newsroom: WholeNewsroom, page: WholePage, place: PlacePicture): string {
  const printing = printingFor(newsroom, page.language, { card: page as never }, place);
  return unmarked(plainHtml(page.body, printing));
}

function printingFor(
  newsroom: WholeNewsroom,
  language: string | undefined,
  story: Parameters<typeof printingOf>[1],
  place: PlacePicture,
): Printing {
  const { site } = newsroom;
  const spoken = language ?? site.language;
  const words = wordsOf(hasWords(spoken) ? spoken : site.language);
  const printing: Printing = {
    ...printingOf(site, story, words),
    keepsFragments: true,
    pictureAt: (picture, isPortrait) => {
      const { widthPx, heightPx } = picture.facts;
      const found = isPortrait ? undefined : place(picture);
      if (found) return { widthPx, heightPx, ...found };
      return plainPicture(site, picture.facts, { use: isPortrait ? 'portrait' : 'text', focus: picture.focus });
    },
    placeholder: (placeholder) => {
      const { wanted = '', alt = '' } = newsroom.wantedOf(placeholder) ?? {};
      // Without a caption, readers see the alt text as one.
      const texts =
        placeholder.caption === alt ? { ...placeholder, caption: undefined, captionHtml: undefined } : placeholder;
      const below = captionBelow(texts.caption || alt === '' ? texts : { ...texts, caption: alt }, printing);
      return `<figure class="${wantedMark}" data-wanted="${escapeAttribute(wanted)}" data-alt="${escapeAttribute(alt)}"><p><b>${words.pictureUnavailable}</b></p>${below}</figure>`;
    },
  };
  return printing;
}

/** What the page of a withdrawn story says instead of its text. */
function withdrawnNotice(site: Site, { withdrawn }: WholeStory, printing: Printing): string {
  if (!withdrawn) return '';
  const { words } = printing;
  const date = datesOf(site.language, site.timeZone).day(withdrawn.date);
  return notice(`${words.withdrawnOn} ${date}`, withdrawn.reason, printing, noticeMark);
}
