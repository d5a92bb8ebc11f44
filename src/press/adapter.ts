import { createApp } from 'astro/app/entrypoint';
import { FetchState } from 'astro/fetch';
import { renderToString } from 'astro/runtime/server/index.js';

/*
 * The only file that touches Astro's app: the smallest adapter there is. The press imports the bundle
 * that this becomes and asks it for pages.
 */

const app = createApp({ streaming: false });

/**
 * Styles and fonts lie under the path of the site's url, and the bundle does not know that url: it is
 * content. So the prefix is set when the press opens, not when the templates are built.
 */
export function setBase(base: string): void {
  (app.manifest as { assetsPrefix?: string }).assetsPrefix = base || undefined;
}

/** A page's module is asked for at every render; the answer is always the same. */
for (const [component, load] of app.manifest.pageMap ?? []) {
  let loaded: ReturnType<typeof load> | undefined;
  app.manifest.pageMap?.set(component, () => (loaded ??= load()));
}

const encoder = new TextEncoder();

/**
 * What stands at an address, as bytes. A page is rendered as Astro's own `renderPage` does it, but without what
 * a visitor's request needs (middleware, cookies, a Response and its stream), which takes as long as the rest.
 * `oracle.test.ts` holds both to the same bytes.
 *
 * @param request for the file in `pages/` that shows it
 * @throws what a component threw
 */
export async function render(request: Request, locals: App.Locals): Promise<{ status: number; bytes: Uint8Array }> {
  const state = new FetchState(request);
  const { routeData } = state;
  if (routeData?.type !== 'page') {
    const response = await app.render(request, { locals });
    return { status: response.status, bytes: await response.bytes() };
  }
  state.locals = locals;
  const page = await state.loadComponentInstance();
  const component = page.default;
  const result = await state.createResult(page, state.getActionAPIContext());
  // Of the two marks of a page only this one. With the other, `routeHasPropagation`, Astro waits for every slot before it
  // writes the head, because entries of its content collections may bring styles along. Ours bring none.
  result._metadata.headInTree = result.componentMetadata.get(component.moduleId ?? '')?.containsHead ?? false;
  const html = await renderToString(result, component, await state.getProps(), {}, true, routeData);
  if (typeof html !== 'string') return { status: html.status, bytes: await html.bytes() };
  return { status: routeData.route === '/404' ? 404 : 200, bytes: encoder.encode(html) };
}
