import { getLiveEntry } from 'astro:content';
import type { APIRoute } from 'astro';
import { sitemapOf } from '../feeds/sitemap.ts';
import { ask } from './_ask.ts';
import { addressed } from './_list.ts';

export const GET: APIRoute = async ({ locals: { site, address } }) => {
  const { part = '' } = addressed(address, 'sitemap');
  const answer = await ask(getLiveEntry('sitemaps', part));
  return new Response(sitemapOf(site, answer), { headers: { 'content-type': 'application/xml; charset=utf-8' } });
};
