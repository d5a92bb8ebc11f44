import { getLiveEntry } from 'astro:content';
import type { APIRoute } from 'astro';
import { securityOf } from '../feeds/security.ts';
import { ask } from './_ask.ts';

// Served as /.well-known/security.txt, because Astro does not accept a file in such a folder as a page.
export const GET: APIRoute = async ({ locals: { site } }) =>
  new Response(securityOf(site, await ask(getLiveEntry('trust', ''))), {
    headers: { 'content-type': 'text/plain; charset=utf-8' },
  });
