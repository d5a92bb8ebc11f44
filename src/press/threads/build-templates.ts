import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'astro';
import { astroConfig } from '../astro.ts';
import { type BundlerError, bundlerErrors } from '../bundler-error.ts';

/* Run as a program by `bundle.ts`: builds the templates for a newsroom into WORK/out. Says what went wrong as values. */
const [site = '', work = ''] = process.argv.slice(2);
process.env.ASTRO_TELEMETRY_DISABLED = '1';
const root = join(work, 'app');
mkdirSync(root, { recursive: true });
try {
  await build(astroConfig({ site, root, out: join(work, 'out'), cache: join(work, 'cache'), fonts: '' }));
} catch (error) {
  await say(bundlerErrors(error));
  process.exit(1); // the bundler may still have threads
}
process.disconnect?.();

function say(errors: BundlerError[]): Promise<void> {
  return new Promise((resolve) => (process.send ? process.send(errors, () => resolve()) : resolve()));
}
