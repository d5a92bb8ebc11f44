import { getLiveCollection } from 'astro:content';
import type { APIRoute } from 'astro';
import { redirectsOf } from '../feeds/redirects.ts';
import { askAll } from './_ask.ts';

// Served as /_redirects, because Astro does not accept a file with that name as a page.
export const GET: APIRoute = async ({ locals: { site } }) =>
  new Response(redirectsOf(site, await askAll(getLiveCollection('redirects'))), {
    headers: { 'content-type': 'text/plain; charset=utf-8' },
  });
