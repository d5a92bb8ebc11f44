import type { APIRoute } from 'astro';
import { feedStyleOf } from '../feeds/feed-style.ts';

// Served as /assets/feed.css.
export const GET: APIRoute = ({ locals: { site } }) =>
  new Response(feedStyleOf(site), { headers: { 'content-type': 'text/css; charset=utf-8' } });
