import { getLiveCollection } from 'astro:content';
import type { APIRoute } from 'astro';
import { feedOf } from '../feeds/feed.ts';
import { askAll } from './_ask.ts';
import { addressed } from './_list.ts';

const feedLength = 20;

export const GET: APIRoute = async ({ locals: { site, address } }) => {
  const { section } = addressed(address, 'feed');
  const list = section ? (`section/${section}` as const) : 'site';
  const stories = await askAll(getLiveCollection('stories', { list, limit: feedLength }));
  return new Response(await feedOf(site, stories, section), {
    headers: { 'content-type': 'application/rss+xml; charset=utf-8' },
  });
};
