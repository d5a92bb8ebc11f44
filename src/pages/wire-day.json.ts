import { getLiveEntry } from 'astro:content';
import type { APIRoute } from 'astro';
import { wireDayObject, wireText } from '../feeds/wire/wire.ts';
import { ask } from './_ask.ts';
import { addressed } from './_list.ts';

// Served as /wire/YYYY/MM/DD.json.
export const GET: APIRoute = async ({ locals: { site, address } }) => {
  const { day } = addressed(address, 'wireDay');
  const { entries } = await ask(getLiveEntry('wireDay', day));
  const text = wireText(wireDayObject(site, day, entries));
  return new Response(text, { headers: { 'content-type': 'application/json; charset=utf-8' } });
};
