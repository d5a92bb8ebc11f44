import { getLiveEntry } from 'astro:content';
import type { APIRoute } from 'astro';
import { wireIndexObject, wireText } from '../feeds/wire/wire.ts';
import { ask } from './_ask.ts';

// Served as /wire/index.json.
export const GET: APIRoute = async ({ locals: { site } }) => {
  const { days } = await ask(getLiveEntry('wireDays', ''));
  const text = wireText(wireIndexObject(site, days));
  return new Response(text, { headers: { 'content-type': 'application/json; charset=utf-8' } });
};
