import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { digestOf } from '../index/digest.ts';
import { digestsOfFiles } from '../press/engine-version.ts';
import { engineFile, isCompiled, templatesFolder } from '../press/template-folder.ts';

/** The folders whose files run in the browser, relative to src/. */
const folders = ['desk/interface', 'desk/document', 'desk/form'];
const dayMs = 86_400_000;

/**
 * The folder with the files of the interface: `desk.js` with the parts that it loads late, `desk.css`, and fonts. The
 * compiled engine has it in lib/. When the repository runs its sources, the interface is built once for each version of
 * them and kept beside the installed packages, because a browser cannot run the sources.
 */
export async function interfaceFolder(): Promise<string> {
  if (isCompiled) return engineFile('desk');
  const root = join(templatesFolder, '..');
  const kept = join(root, 'node_modules/.cache/broadsheet-desk');
  const own = join(kept, digestOf(sources().join('\n')));
  if (existsSync(own)) return own;
  const build = builds.get(own) ?? buildInto(own, kept, root);
  builds.set(own, build);
  await build;
  return own;
}

/** A page asks for several files at once. */
const builds = new Map<string, Promise<void>>();

async function buildInto(own: string, kept: string, root: string): Promise<void> {
  deleteOldOnes(kept);
  const part = `${own}.${process.pid}.tmp`;
  mkdirSync(part, { recursive: true });
  // By its address, so that the compiler of lib/ does not include the bundler.
  const builder: typeof import('./build-interface.mjs') = await import(
    new URL('./build-interface.mjs', import.meta.url).href
  );
  await builder.buildInterface(root, part);
  writeFileSync(join(part, 'built.txt'), new Date().toISOString());
  // Another process may have built the same at the same time.
  if (existsSync(own)) rmSync(part, { recursive: true });
  else renameSync(part, own);
}

const sources = (): string[] => [
  digestOf(readFileSync(join(templatesFolder, 'desk/build-interface.mjs'))),
  ...folders
    .map((folder) => ({ folder, path: join(templatesFolder, folder) }))
    .filter(({ path }) => existsSync(path))
    .flatMap(({ folder, path }) => digestsOfFiles(path, folder)),
];

/** Builds of yesterday and before: a desk that still runs may load the parts of a newer one. */
function deleteOldOnes(kept: string): void {
  if (!existsSync(kept)) return;
  for (const name of readdirSync(kept)) {
    const path = join(kept, name);
    if (Date.now() - statSync(path).mtimeMs > dayMs) rmSync(path, { recursive: true, force: true });
  }
}
