import { getLiveEntry } from 'astro:content';
import type { APIRoute } from 'astro';
import { wireObject, wireText } from '../feeds/wire/wire.ts';
import { ask } from './_ask.ts';
import { addressed } from './_list.ts';

// Served beside the page of a story, as index.ninjs.json.
export const GET: APIRoute = async ({ locals: { site, address } }) => {
  const { story } = addressed(address, 'wire');
  const text = wireText(wireObject(site, await ask(getLiveEntry('wire', story))));
  return new Response(text, { headers: { 'content-type': 'application/json; charset=utf-8' } });
};
