import { pathToFileURL } from 'node:url';
import { borrowedMarker } from '../i18n/mark-borrowed.ts';
import type { IndexHandle } from '../index/handle.ts';
import { ProblemsError } from '../problems/problem.ts';
import { querySite } from '../queries/queries.ts';
import { queryAddress } from '../queries/query-address.ts';
import { rendering } from '../queries/rendering.ts';
import type { Address } from '../site/address.ts';
import { sha256Of } from '../site/manifest.ts';
import { routeOf } from '../site/routes.ts';
import { baseOf, originOf } from '../site/site.ts';
import type { Rendered } from './record.ts';
import { problemOfStack, themePageFault } from './thrown-in-theme.ts';
import { PageRequest } from './web-classes.ts';

/** A bundle of templates. */
export interface Templates {
  render(request: PageRequest, locals: App.Locals): Promise<{ status: number; bytes: Uint8Array }>;
  renderThroughAstro: Templates['render'];
  /** A member of Astro that `render` needs and that this Astro does not have. */
  missingMember(): string | undefined;
  setBase(base: string): void;
  /** Call it before many pages are rendered. */
  loadWebClasses(): void;
}

/** Renders addresses with the bundle of templates. */
export interface Renderer {
  /** @param page what is there, if the index does not say it, as for a draft, which claims no address */
  render(address: string, page?: Address): Promise<Rendered & { bytes: Uint8Array }>;
}

/**
 * Opens a bundle. This does not query the index yet.
 *
 * @param serverEntry the path of the bundle's entry point
 */
export const openTemplates = async (serverEntry: string): Promise<Templates> =>
  (await import(pathToFileURL(serverEntry).href)) as Templates;

/** How pages are rendered: with what Astro prepares prepared once, or each as Astro itself does it. */
export type RenderWay = 'fast' | 'astro';

/** Renders with an open bundle, for an index. */
export function rendererOf(index: IndexHandle, templates: Templates, way: RenderWay = 'fast'): Renderer {
  const { setBase } = templates;
  const render = way === 'fast' ? templates.render : templates.renderThroughAstro;
  const site = querySite(index);
  setBase(baseOf(site));
  const marker = borrowedMarker(site.language);
  // The only thing that a page needs from its request is the file in pages/ that shows it.
  const requests = new Map<string, PageRequest>();
  const requestOf = (address: Address): PageRequest => {
    const route = routeOf(address);
    const request = requests.get(route) ?? new PageRequest(originOf(site) + route);
    requests.set(route, request);
    return request;
  };
  return {
    async render(path, given) {
      const reads = new Map<string, string>();
      const { status, bytes, page } = await rendering({ index, reads }, async () => {
        // Does what the middleware does for an external request, but directly.
        const address = given ?? queryAddress(index, path) ?? { kind: 'notFound' as const };
        const page = address.kind === 'themePage' ? address.page : undefined;
        const rendered = await render(requestOf(address), { site: querySite(index), path, address });
        return { ...rendered, page };
      }).catch((error: unknown) => {
        if (error instanceof ProblemsError) throw error;
        throw faultOf(
          path,
          fileAt(index, path),
          error instanceof Error ? (error.stack ?? error.message) : String(error),
        );
      });
      const fault = page === undefined ? undefined : themePageFault(index, page, status, bytes);
      if (fault) throw new ProblemsError([fault]);
      if (status !== (path === '/404.html' ? 404 : 200))
        throw faultOf(
          path,
          fileAt(index, path),
          status === 500 ? Buffer.from(bytes).toString() : `the templates responded with ${status}`,
        );
      const mark = await marker;
      const said = mark && isPage(bytes) ? Buffer.from(mark(Buffer.from(bytes).toString())) : bytes;
      return { address: path, digest: sha256Of(said), reads: [...reads], bytes: said };
    },
  };
}

/** Whether an output is a page, and not a feed or list. */
const isPage = (bytes: Uint8Array): boolean => /^<!doctype html/i.test(Buffer.from(bytes.subarray(0, 15)).toString());

/** The story at an address, by its file. It is looked up only after something has gone wrong. */
function fileAt(index: IndexHandle, path: string): string | undefined {
  const found = queryAddress(index, path);
  if (found?.kind !== 'story') return undefined;
  const row = index.sql('SELECT file FROM story WHERE id = ?').get(found.story) as { file: string } | undefined;
  return row?.file;
}

/** If a component of the theme threw the error, its author gets a message. Any other error is a bug. */
function faultOf(path: string, file: string | undefined, stack: string): Error {
  const problem = problemOfStack(stack, { address: path, file });
  return problem ? new ProblemsError([problem]) : new Error(`${path}: ${stack}`);
}
