import { defineMiddleware } from 'astro:middleware';

import { hiddenAt, showHidden } from './index/hidden.ts';
import { hasPage } from './queries/has-page.ts';
import { querySite } from './queries/queries.ts';
import { queryAddress } from './queries/query-address.ts';
import { renderedIndex } from './queries/rendering.ts';
import { routes } from './site/routes.ts';
import { baseOf } from './site/site.ts';

/**
 * Finds out what stands at the address and hands over to the page for that kind of thing. Addresses
 * are the index's business: a slug may look like anything, so the names of files in `pages/` say
 * what is shown and never where, and no file is reachable by its own name.
 */
export const onRequest = defineMiddleware(async ({ locals, url }, next) => {
  if (locals.address) return next(); // the press has looked it up and asks for the right file itself
  const index = renderedIndex();
  await index.refresh?.(); // only `astro dev` has it: what was saved shows on the next request
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
    return showHidden(index, hidden, () => whole(next(routes.story)));
  }
  locals.address = address ?? { kind: 'notFound' };
  return whole(next(routes[locals.address.kind]));
});

/**
 * A page that is whole, or the reason why it is not. Astro sends a page while it is being made, so a component that
 * throws would leave half of one, with status 200.
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

/** The address in a request's path, or undefined when it is outside the site or not well encoded. */
function addressIn(pathname: string, base: string): string | undefined {
  if (!pathname.startsWith(`${base}/`)) return undefined;
  try {
    return decodeURIComponent(pathname.slice(base.length)).normalize('NFC');
  } catch {
    return undefined;
  }
}
