import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'astro';
import { astroConfig } from '../astro.ts';

/* Run as a program by `bundle.ts`: builds the templates for a newsroom into WORK/out. */
const [site = '', work = ''] = process.argv.slice(2);
process.env.ASTRO_TELEMETRY_DISABLED = '1';
const root = join(work, 'app');
mkdirSync(root, { recursive: true });
await build(astroConfig({ site, root, out: join(work, 'out'), cache: join(work, 'cache'), fonts: '' }));
