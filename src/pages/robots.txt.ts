import type { APIRoute } from 'astro';
import { robotsOf } from '../feeds/robots.ts';

export const GET: APIRoute = ({ locals: { site } }) =>
  new Response(robotsOf(site), { headers: { 'content-type': 'text/plain; charset=utf-8' } });
