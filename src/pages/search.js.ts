import script from 'virtual:broadsheet/search-script';
import type { APIRoute } from 'astro';

/** The script of the search page (`components/search/search.ts`). */
export const GET: APIRoute = () =>
  new Response(script, { headers: { 'content-type': 'text/javascript; charset=utf-8' } });
