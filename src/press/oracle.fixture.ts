import { createServer } from 'node:http';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import node from '@astrojs/node';
import { build } from 'astro';
import { openIndexHandle } from '../index/handle.ts';
import { rendering } from '../queries/rendering.ts';
import { astroConfig } from './astro.ts';
import { fitBundle } from './fit-bundle.ts';
import { fontsFor } from './packed-templates.ts';

/* Run as a program by oracle.test.ts: the same templates with Astro's own adapter for Node, over HTTP. */
const [site = '', indexFile = '', work = ''] = process.argv.slice(2);
const out = join(work, 'out');
const config = astroConfig({
  site,
  root: join(work, 'app'),
  out,
  cache: join(work, 'cache'),
  fonts: join(work, 'fonts'),
});
await build({ ...config, adapter: node({ mode: 'middleware' }) });
fitBundle(out, await fontsFor(site, join(work, 'fonts')));
const index = openIndexHandle(site, indexFile, 'read');
const { handler } = (await import(pathToFileURL(join(out, 'server/entry.mjs')).href)) as {
  handler: Parameters<typeof createServer>[1] & object;
};
const server = createServer((request, response) => rendering({ index }, () => handler(request, response))).listen(
  0,
  '127.0.0.1',
  () => {
    const address = server.address();
    if (address && typeof address === 'object') process.stdout.write(`port ${address.port}\n`);
  },
);
