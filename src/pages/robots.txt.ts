import { getLiveEntry } from 'astro:content';
import type { APIRoute } from 'astro';
import { robotsOf } from '../feeds/robots.ts';
import { ask } from './_ask.ts';

export const GET: APIRoute = async ({ locals: { site } }) => {
  const { crawlers } = await ask(getLiveEntry('trust', ''));
  return new Response(robotsOf(site, crawlers), { headers: { 'content-type': 'text/plain; charset=utf-8' } });
};
