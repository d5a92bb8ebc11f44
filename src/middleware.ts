import { defineMiddleware } from 'astro:middleware';

import { hiddenAt, showHidden } from './index/hidden.ts';
import { hasPage } from './queries/has-page.ts';
import { querySite } from './queries/queries.ts';
import { queryAddress } from './queries/query-address.ts';
import { renderedIndex } from './queries/rendering.ts';
import { routeOf } from './site/routes.ts';
import { baseOf } from './site/site.ts';

/**
 * Finds the page at an address and passes the request to the file for that kind of page. The index decides about
 * addresses, because a slug can be anything. The names of files in `pages/` are never addresses, so no file can be
 * reached by its own name.
 */
export const onRequest = defineMiddleware(async ({ locals, url }, next) => {
  if (locals.address) return next(); // the press has looked it up and requests the right file directly
  const index = renderedIndex();
  await index.refresh?.(); // only in `astro dev`: what was saved is visible in the next request
  locals.site = querySite(index);
  const path = addressIn(url.pathname, baseOf(locals.site));
  const found = path === undefined ? undefined : queryAddress(index, path);
  const address = found && hasPage(index, found) ? found : undefined;
  locals.path = path ?? '/404.html';
  const workPage = address ? undefined : index.workPages?.[locals.path];
  if (workPage) return next(workPage);
  const hidden = address ? undefined : hiddenAt(index, locals.path);
  if (hidden !== undefined) {
    locals.address = { kind: 'story', story: hidden };
    return showHidden(index, hidden, () => whole(next(routeOf(locals.address))));
  }
  locals.address = address ?? { kind: 'notFound' };
  const dev = address?.kind === 'themePage' ? index.pageRoutes?.get(address.page) : undefined;
  return whole(next(dev ?? routeOf(locals.address)));
});

/**
 * A complete page, or the reason why it could not be rendered. Astro sends a page while it is being rendered, so if a
 * component throws an error, it would send half a page with status 200.
 */
async function whole(coming: Promise<Response>): Promise<Response> {
  try {
    const response = await coming;
    return new Response(await response.arrayBuffer(), response);
  } catch (error) {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return new Response(text, { status: 500, headers: { 'content-type': 'text/plain; charset=utf-8' } });
  }
}

/** The address in a request's path, or undefined if it is outside the site or not correctly encoded. */
function addressIn(pathname: string, base: string): string | undefined {
  if (!pathname.startsWith(`${base}/`)) return undefined;
  try {
    return decodeURIComponent(pathname.slice(base.length)).normalize('NFC');
  } catch {
    return undefined;
  }
}
