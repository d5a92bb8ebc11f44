import { existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { isHiddenPath } from '../ingest/folder.ts';
import { upgradedFile } from '../newsroom/upgrade.ts';
import { templatesFolder } from '../press/template-folder.ts';
import { withFaceImports } from '../press/theme-face.ts';
import { type CommandWords, type Io, readArguments } from './command.ts';
import { mustBeNewsroom, siteFolder, siteOption } from './folders.ts';
import { schemaFolder } from './init-texts.ts';

export const words: CommandWords = {
  usage: 'upgrade [--site DIR] [--dry-run]',
  about: `Rewrites the files of a newsroom for this version of Broadsheet: keys that have a new name, imports of a theme, and the
schemas for Visual Studio Code. Comments, order, and everything else in a file stay as they are. Broadsheet also builds a
newsroom that you have not upgraded, with warnings.`,
  options: {
    site: siteOption,
    'dry-run': { words: 'only list the files that would change' },
  },
  examples: [
    ['broadsheet upgrade --dry-run', 'list what would change'],
    ['broadsheet upgrade', 'after an update of Broadsheet'],
  ],
};

/** `broadsheet upgrade` */
export async function run(argv: string[], io: Io): Promise<number> {
  const args = readArguments(words, argv);
  const site = siteFolder(args, io);
  mustBeNewsroom(site);
  const changed = [...upgrades(site)];
  if (!args.has('dry-run')) for (const { file, text } of changed) replaceFile(join(site, file), text);
  if (changed.length === 0) io.stdout.write('Nothing to upgrade.\n');
  else {
    io.stdout.write(args.has('dry-run') ? 'These files would change:\n' : 'Rewritten:\n');
    for (const { file } of changed) io.stdout.write(`  ${file}\n`);
  }
  return 0;
}

/** The files that this version writes differently, with their new text. */
function* upgrades(site: string): Generator<{ file: string; text: string }> {
  for (const file of filesIn(site, 'content', /\.(?:mdx?|yaml)$/)) yield* changedText(site, file, upgradedFile);
  for (const file of filesIn(site, 'theme', /\.(?:astro|mdx|[cm]?[jt]s)$/))
    yield* changedText(site, file, (_, text) => withFaceImports(text));
  for (const file of filesIn(site, schemaFolder, /\.schema\.json$/)) {
    const own = join(templatesFolder, '../docs', file.slice(schemaFolder.length + 1));
    if (existsSync(own)) yield* changedText(site, file, () => readFileSync(own, 'utf8'));
  }
}

function* changedText(site: string, file: string, change: (file: string, text: string) => string) {
  const bytes = readFileSync(join(site, file));
  const text = bytes.toString('utf8');
  if (!Buffer.from(text).equals(bytes)) return; // not UTF-8: a build reports it
  const changed = change(file, text);
  if (changed !== text) yield { file, text: changed };
}

const filesIn = (site: string, folder: string, names: RegExp): string[] =>
  existsSync(join(site, folder))
    ? readdirSync(join(site, folder), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && names.test(entry.name))
        .map((entry) =>
          join(entry.parentPath, entry.name)
            .slice(site.length + 1)
            .split(sep)
            .join('/'),
        )
        .filter((file) => !file.includes('node_modules/') && !isHiddenPath(file.slice(folder.length + 1)))
        .sort()
    : [];

/** Written under another name first, so that a power cut never leaves half a file. */
function replaceFile(path: string, text: string): void {
  writeFileSync(`${path}.tmp`, text);
  renameSync(`${path}.tmp`, path);
}
