import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from 'astro';
import { astroConfig } from '../astro.ts';
import { type BundlerError, bundlerErrors } from '../bundler-error.ts';
import { packageFolders } from '../installed-packages.ts';
import { templatesFolder } from '../template-folder.ts';
import { writeThemeInputs } from '../theme-inputs.ts';

/* Run as a program by `bundle.ts`: builds the templates for a newsroom into WORK/out. Reports errors as values. */
const [site = '', work = '', base = ''] = process.argv.slice(2);
process.env.ASTRO_TELEMETRY_DISABLED = '1';
const begun = Date.now();
const root = join(work, 'app');
mkdirSync(root, { recursive: true });
const out = join(work, 'out');
const config = astroConfig({ site, root, out, cache: join(work, 'cache'), fonts: '' });
const files = new Set<string>();
config.vite?.plugins?.push({
  name: 'broadsheet-inputs',
  buildEnd() {
    // Modules that plugins make up have a null byte in their ids.
    for (const id of this.getModuleIds()) if (!id.includes('\0')) files.add(id.replace(/[?#].*$/, ''));
  },
});
try {
  await build(config);
} catch (error) {
  await say(bundlerErrors(error));
  process.exit(1); // the bundler may still have threads
}
// The template version knows the engine, its packages, and the files of the theme.
const inside = [work, join(site, 'theme'), resolve(templatesFolder), ...packageFolders()];
writeThemeInputs(out, { site, base, files: [...files], inside, begun });
process.disconnect?.();

function say(errors: BundlerError[]): Promise<void> {
  return new Promise((resolve) => (process.send ? process.send(errors, () => resolve()) : resolve()));
}
