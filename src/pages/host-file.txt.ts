import { getLiveCollection, getLiveEntry } from 'astro:content';
import { foot, forms, head } from 'virtual:broadsheet/theme-html';
import type { APIRoute } from 'astro';
import { hostModel } from '../hosts/model.ts';
import { printHostFile } from '../hosts/print.ts';
import { ask, askAll } from './_ask.ts';
import { addressed } from './_list.ts';

// Served as /_redirects, /_headers, and others, because Astro does not accept a file with such a name as a page.
export const GET: APIRoute = async ({ locals: { site, address } }) => {
  const { name } = addressed(address, 'hostFile');
  const redirects = name === '_headers' || name === '.nojekyll' ? [] : await askAll(getLiveCollection('redirects'));
  const facts = await ask(getLiveEntry('hosting', ''));
  return new Response(printHostFile(name, hostModel(site, facts, redirects, [head, foot, { forms }])), {
    headers: { 'content-type': 'text/plain; charset=utf-8' },
  });
};
