import type { APIRoute } from 'astro';
import { securityOf } from '../feeds/security.ts';

// Served as /.well-known/security.txt, because Astro does not accept a file in such a folder as a page.
export const GET: APIRoute = ({ locals: { site } }) =>
  new Response(securityOf(site), { headers: { 'content-type': 'text/plain; charset=utf-8' } });
