import type { FeedItem } from '../item.ts';

/**
 * The pictures of a story in Media RSS, in RSS and in Atom. The caption is the description of a picture, and its alt
 * text is its text.
 *
 * @see https://www.rssboard.org/media-rss
 */
export const mediaOf = ({ pictures }: Pick<FeedItem, 'pictures'>) =>
  pictures.length === 0
    ? undefined
    : {
        contents: pictures.map(({ url, type, widthPx, heightPx, alt, caption, credit, thumbnail }, at) => ({
          ...{ url, type, medium: 'image', width: widthPx, height: heightPx },
          ...(pictures.length > 1 && at === 0 && { isDefault: true }),
          ...(caption !== undefined && { description: { value: caption, type: 'plain' } }),
          ...(alt !== '' && { texts: [{ value: alt, type: 'plain' }] }),
          ...(credit !== undefined && { credits: [{ value: credit }] }),
          thumbnails: [{ url: thumbnail.url, width: thumbnail.widthPx, height: thumbnail.heightPx }],
        })),
      };
