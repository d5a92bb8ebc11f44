import { getLiveEntry } from 'astro:content';
import type { APIRoute } from 'astro';
import { newsSitemapOf } from '../feeds/news-sitemap.ts';
import { ask } from './_ask.ts';

export const GET: APIRoute = async ({ locals: { site } }) => {
  const { stories } = await ask(getLiveEntry('newsSitemap', ''));
  return new Response(newsSitemapOf(site, stories), { headers: { 'content-type': 'application/xml; charset=utf-8' } });
};
