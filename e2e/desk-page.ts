import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundle } from 'lightningcss';
import { rolldown } from 'rolldown';
import { interfaceOptions } from '../src/desk/build-interface.mjs';

/**
 * Bundles a page for tests of one part of the desk, as the desk itself is bundled.
 *
 * @param folder with `page.tsx`
 * @returns the folder with the scripts, which the caller removes, and the styles of the desk
 */
export async function bundleDeskPage(folder: string): Promise<{ out: string; style: Uint8Array }> {
  const out = mkdtempSync(join(tmpdir(), 'broadsheet-desk-page-'));
  const build = await rolldown({ ...interfaceOptions(), input: { page: join(folder, 'page.tsx') } });
  await build.write({
    dir: out,
    format: 'esm',
    entryFileNames: '[name].js',
    chunkFileNames: 'part-[name].js',
    minify: true,
  });
  await build.close();
  const styles = join(import.meta.dirname, '../src/desk/interface/style/desk.css');
  return { out, style: bundle({ filename: styles, minify: true }).code };
}
