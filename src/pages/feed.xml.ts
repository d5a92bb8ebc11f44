import { getLiveCollection, getLiveEntry } from 'astro:content';
import type { APIRoute } from 'astro';
import { feedOf } from '../feeds/feed.ts';
import { typeOfFormat } from '../feeds/formats/types.ts';
import { itemOf, itemOfCorrection } from '../feeds/item.ts';
import { feedLength } from '../site/feed-settings.ts';
import { aboutList } from './_about.ts';
import { ask, askAll } from './_ask.ts';
import { addressed } from './_list.ts';

// The feeds of all lists, in all formats.
export const GET: APIRoute = async ({ locals: { site, address } }) => {
  const { list, format } = addressed(address, 'feed');
  const items =
    list === 'corrections'
      ? (await askAll(getLiveCollection('corrections', { limit: feedLength }))).map((one) =>
          itemOfCorrection(site, one),
        )
      : (await askAll(getLiveCollection('stories', { list, limit: feedLength }))).map((story) => itemOf(site, story));
  const { place: archive } = format === 'atom' ? await ask(getLiveEntry('newestArchives', list)) : {};
  const about = await aboutList(site, list);
  return new Response(feedOf(site, { list, format, about, items, archive }), {
    headers: { 'content-type': `${typeOfFormat[format]}; charset=utf-8` },
  });
};
