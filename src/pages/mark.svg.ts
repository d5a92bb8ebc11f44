import type { APIRoute } from 'astro';
import { markOf } from '../components/mark.ts';

export const GET: APIRoute = ({ locals: { site } }) =>
  new Response(markOf(site), { headers: { 'content-type': 'image/svg+xml; charset=utf-8' } });
