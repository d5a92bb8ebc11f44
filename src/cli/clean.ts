import { lstatSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { several } from '../problems/counted.ts';
import { type CommandWords, type Io, readArguments, UsageError } from './command.ts';
import { cacheFolder, distFolder, mustBeNewsroom, siteFolder, siteOption } from './folders.ts';
import { sizeWords } from './progress.ts';

export const words: CommandWords = {
  usage: 'clean [--site DIR] [options]',
  about: `Deletes the data that is kept between builds: the index, the record of each page, and the compiled templates. The next
build renders every page again. It keeps the site, and the renditions of pictures, because they take longest to create.`,
  options: {
    site: siteOption,
    pictures: { words: 'also delete the renditions of pictures' },
    unused: { words: 'with --pictures: delete only the renditions that no built site shows' },
    dist: { words: 'also delete the site' },
    out: { value: 'DIST', words: 'the folder of the site (default: DIR/dist)' },
  },
  examples: [
    ['broadsheet clean', 'if a build behaves strangely'],
    ['broadsheet clean --pictures --unused', 'after a build, before CI stores the cache for the next one'],
    ['broadsheet clean --pictures --dist', 'as if nothing had ever been built'],
  ],
};

/** Only the files that Broadsheet puts into its cache, because others may use the same folder. */
const kept = {
  index: ['index', 'dev', 'desk', 'pictures.db', 'pictures.db-wal', 'pictures.db-shm'],
  templates: ['bundle', 'fonts'],
  pictures: ['renditions'],
};

/** `broadsheet clean` */
export async function run(argv: string[], io: Io): Promise<number> {
  const args = readArguments(words, argv);
  const site = siteFolder(args, io);
  const dist = distFolder(args, site, io);
  const cache = cacheFolder(site, io);
  mustBeNewsroom(site);
  const { lockPress } = await import('../press/lock.ts');
  const { isOurs } = await import('../press/write.ts');
  if (args.has('unused') && !args.has('pictures'))
    throw new UsageError('--unused can only be used with --pictures.', 'Write  broadsheet clean --pictures --unused .');
  if (args.has('unused') && args.has('dist'))
    throw new UsageError(
      '--unused keeps what the site shows, so it cannot be used with --dist.',
      'Leave out one of the two.',
    );
  if (args.has('dist') && !isOurs(dist)) {
    const { foreignDist } = await import('../press/problems.ts');
    throw foreignDist(dist);
  }
  const { waitingFor } = await import('./build.ts');
  const release = await lockPress(cache, new Date(), (holder) => io.stderr.write(`${waitingFor(holder)}\n`));
  const lines: string[] = [];
  try {
    if (args.has('unused')) {
      const { prunePictures } = await import('../press/prune-pictures.ts');
      const { files, bytes } = await prunePictures(cache);
      io.stdout.write(
        files > 0
          ? `Deleted ${several(files, 'rendition')} that no site shows: ${sizeWords(bytes)}.\n`
          : 'Every rendition is used.\n',
      );
      return 0;
    }
    const remove = (what: string, paths: string[]) => {
      const bytes = paths.reduce((sum, path) => sum + sizeOf(path), 0);
      for (const path of paths) rmSync(path, { recursive: true, force: true });
      if (bytes > 0) lines.push(`${what}: ${sizeWords(bytes)}`);
    };
    const inCache = (names: string[]) => names.map((name) => join(cache, name));
    // Our own note about who holds the lock. It is not counted, because this command has just written it.
    rmSync(join(cache, 'lock.json'), { force: true });
    remove('the index and the record of pages', inCache(kept.index));
    remove('the templates', inCache(kept.templates));
    if (args.has('pictures')) remove('the renditions of pictures', inCache(kept.pictures));
    if (args.has('dist')) remove('the site', [dist]);
  } finally {
    release();
  }
  io.stdout.write(lines.length ? `Deleted ${lines.join(', ')}.\n` : 'There was nothing to delete.\n');
  return 0;
}

function sizeOf(path: string): number {
  const stat = lstatSync(path, { throwIfNoEntry: false });
  if (!stat) return 0;
  return stat.isDirectory() ? readdirSync(path).reduce((sum, name) => sum + sizeOf(join(path, name)), 0) : stat.size;
}
