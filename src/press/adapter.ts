import { createApp } from 'astro/app/entrypoint';
// As a whole, so that a bundle can be built with an Astro that has lost one of the names (see render-way.ts).
import * as astroFetch from 'astro/fetch';
import * as astroServer from 'astro/runtime/server/index.js';
import type { PageRequest } from './web-classes.ts';

/*
 * The only file that touches Astro's app. It is the smallest possible adapter. The press imports the bundle that this
 * becomes and asks it for pages.
 */

const app = createApp({ streaming: false });

/**
 * Styles and fonts are under the path of the site's url, but the bundle does not know that url, because it is content.
 * So the prefix is set when the press opens the bundle, not when the templates are built.
 */
export function setBase(base: string): void {
  (app.manifest as { assetsPrefix?: string }).assetsPrefix = base || undefined;
}

/** Cached, because a page's module is requested for every render and is always the same. */
if (app.manifest.pageMap instanceof Map)
  for (const [component, load] of app.manifest.pageMap) {
    let loaded: ReturnType<typeof load> | undefined;
    app.manifest.pageMap.set(component, () => (loaded ??= load()));
  }

const { FetchState } = astroFetch;
const { renderToString } = astroServer;
type FetchState = astroFetch.FetchState;

/** The name of a member of Astro that the fast path needs and that does not exist, or undefined if all exist. */
export function missingMember(): string | undefined {
  if (typeof FetchState !== 'function') return 'FetchState';
  if (typeof renderToString !== 'function') return 'renderToString';
  if (!(app.manifest.pageMap instanceof Map)) return 'manifest.pageMap';
  const members = ['createResult', 'getProps', 'loadComponentInstance', 'getActionAPIContext'] as const;
  const missing = members.find((name) => typeof FetchState.prototype[name] !== 'function');
  return missing && `FetchState.${missing}`;
}

export { loadWebClasses } from './web-classes.ts';

const encoder = new TextEncoder();
let room = new Uint8Array(1 << 18);

/** Like `TextEncoder.encode`, which would scan a text twice, first to count its bytes. */
function encode(text: string): Uint8Array {
  // No code unit needs more than three bytes.
  if (room.length < text.length * 3) room = new Uint8Array(text.length * 3);
  return room.slice(0, encoder.encodeInto(text, room).written);
}

/** What Astro prepares before it renders a page: everything except the content of the page. */
interface Prepared {
  locals: App.Locals;
  page: Awaited<ReturnType<FetchState['loadComponentInstance']>>;
  props: Awaited<ReturnType<FetchState['getProps']>>;
  result: Result;
  routeData: NonNullable<FetchState['routeData']>;
}
type Result = Awaited<ReturnType<FetchState['createResult']>>;

/** Prepared once for each file in `pages/`. Those that are in use are not in this map. */
const idle = new WeakMap<PageRequest, Prepared>();

async function prepare(request: PageRequest): Promise<Prepared | undefined> {
  const state = new FetchState(request as unknown as Request);
  const { routeData } = state;
  if (routeData?.type !== 'page') return undefined;
  const page = await state.loadComponentInstance();
  const locals = {} as App.Locals;
  state.locals = locals;
  const result = await state.createResult(page, state.getActionAPIContext());
  // Of the two flags of a page, only this one is set. With the other, `routeHasPropagation`, Astro waits for every slot
  // before it writes the head, because entries of its content collections can add styles. Ours do not.
  result._metadata.headInTree = result.componentMetadata.get(page.default.moduleId ?? '')?.containsHead ?? false;
  return { locals, page, props: await state.getProps(), result, routeData };
}

/** What a render consumes or records, in the state before a render. */
function unused({ styles, scripts, links, _metadata }: Result): Partial<Result> {
  const metadata: Record<string, unknown> = { ..._metadata };
  for (const [name, value] of Object.entries(metadata))
    if (value instanceof Set) metadata[name] = new Set(value);
    else if (Array.isArray(value)) metadata[name] = [...value];
  return {
    styles: new Set(styles),
    scripts: new Set(scripts),
    links: new Set(links),
    _metadata: metadata as unknown as Result['_metadata'],
  };
}

/**
 * The content at an address, as bytes. A page is rendered as Astro's own `renderPage` does it, but without what only a
 * visitor's request needs (middleware, cookies, a Response and its stream), which takes as long as everything else.
 * What is the same for all pages is prepared once. `oracle.test.ts` checks that both produce the same bytes.
 *
 * @param request for the file in `pages/` that shows it. It is the same object for every page of that file
 * @throws what a component threw
 */
export async function render(request: PageRequest, locals: App.Locals): Promise<{ status: number; bytes: Uint8Array }> {
  const prepared = idle.get(request) ?? (await prepare(request));
  if (!prepared) return await renderThroughAstro(request, locals);
  idle.delete(request);
  const { page, props, result, routeData } = prepared;
  const before = unused(result);
  Object.assign(prepared.locals, locals);
  const html = await renderToString(result, page.default, props, {}, true, routeData);
  if (typeof html !== 'string') return { status: html.status, bytes: await html.bytes() };
  // Only after a successful render, because parts of a failed one may still be running.
  Object.assign(result, before);
  idle.set(request, prepared);
  return { status: routeData.route === '/404' ? 404 : 200, bytes: encode(html) };
}

/**
 * The same through Astro's app alone, as a visitor's request. It is slower, but uses nothing that Astro may change
 * without notice.
 */
export async function renderThroughAstro(
  request: PageRequest,
  locals: App.Locals,
): Promise<{ status: number; bytes: Uint8Array }> {
  const response = await app.render(new Request(request.url), { locals });
  return { status: response.status, bytes: await response.bytes() };
}
