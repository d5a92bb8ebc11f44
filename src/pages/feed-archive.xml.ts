import { getLiveEntry } from 'astro:content';
import type { APIRoute } from 'astro';
import { feedArchiveOf } from '../feeds/feed.ts';
import { typeOfFormat } from '../feeds/formats/types.ts';
import { itemOfCard } from '../feeds/item.ts';
import { aboutList } from './_about.ts';
import { ask } from './_ask.ts';
import { addressed } from './_list.ts';

// Served beside the archive page of a month.
export const GET: APIRoute = async ({ locals: { site, address } }) => {
  const { list, period, part } = addressed(address, 'feedArchive');
  const { cards, parts, older, newer } = await ask(getLiveEntry('periods', { list, period, part }));
  const lastPart = async (month: string) => (await ask(getLiveEntry('archiveParts', { list, period: month }))).parts;
  return new Response(
    feedArchiveOf(site, {
      list,
      about: await aboutList(site, list),
      items: cards.map((card) => itemOfCard(site, card)).reverse(),
      place: { period, part },
      older:
        part > 1
          ? { period, part: part - 1 }
          : older === undefined
            ? undefined
            : { period: older, part: await lastPart(older) },
      newer: part < parts ? { period, part: part + 1 } : newer === undefined ? undefined : { period: newer, part: 1 },
    }),
    { headers: { 'content-type': `${typeOfFormat.atom}; charset=utf-8` } },
  );
};
