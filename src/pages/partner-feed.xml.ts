import { getLiveEntry } from 'astro:content';
import type { APIRoute } from 'astro';
import { partnerFeedOf } from '../feeds/feed.ts';
import { typeOfFormat } from '../feeds/formats/types.ts';
import { itemOf } from '../feeds/item.ts';
import { ask } from './_ask.ts';
import { addressed } from './_list.ts';

// Served below /feeds/.
export const GET: APIRoute = async ({ locals: { site, address } }) => {
  const { feed: id, format } = addressed(address, 'partnerFeed');
  const { feed, stories } = await ask(getLiveEntry('partnerFeeds', id));
  const extent = { hasText: feed.text === 'full', hasPictures: feed.pictures };
  const items = stories.map((story) => itemOf(site, story, extent));
  return new Response(partnerFeedOf(site, feed, format, items), {
    headers: { 'content-type': `${typeOfFormat[format]}; charset=utf-8` },
  });
};
