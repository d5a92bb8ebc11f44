import type { FeedFormat } from '../../site/address.ts';

/** The media type of each format, without a charset. */
export const typeOfFormat: Readonly<Record<FeedFormat, string>> = {
  xml: 'application/rss+xml',
  atom: 'application/atom+xml',
  json: 'application/feed+json',
};
