import { pathToFileURL } from 'node:url';
import { desk } from '../index/desk.ts';
import { digestOf } from '../index/digest.ts';
import { querySite } from '../index/queries.ts';
import { hrefOf, originOf, baseOf } from '../site/site.ts';
import type { Rendered } from './record.ts';

interface Entry {
  app: { render(request: Request): Promise<Response> };
  setBase(base: string): void;
}

/** Renders addresses through the bundle of templates. */
export interface Renderer {
  render(address: string): Promise<Rendered & { bytes: string }>;
}

/**
 * Opens a bundle.
 *
 * @param serverEntry path of the bundle's entry
 */
export async function openRenderer(serverEntry: string): Promise<Renderer> {
  const { app, setBase } = (await import(pathToFileURL(serverEntry).href)) as Entry;
  const site = querySite();
  setBase(baseOf(site));
  return {
    async render(address) {
      const reads = new Map<string, string>();
      const request = new Request(originOf(site) + hrefOf(site, address));
      const { status, bytes } = await desk().reads.run(reads, async () => {
        const response = await app.render(request);
        return { status: response.status, bytes: await response.text() };
      });
      if (status !== (address === '/404.html' ? 404 : 200))
        throw new Error(`${address}: ${status === 500 ? bytes : `the templates answered ${status}`}`);
      return { address, digest: digestOf(bytes), reads: [...reads], bytes };
    },
  };
}
