import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { isManifestFile } from '../site/manifest.ts';
import { publish } from './publish.ts';
import type { PublishOptions } from './publish-options.ts';
import type { Report } from './report.ts';

/** A newsroom in a temporary folder, with the fewest files that show the point. */
export interface SmallNewsroom {
  site: string;
  put(file: string, text: string | Uint8Array): void;
  remove(file: string): void;
  /**
   * Publishes, by default into `dist` of the newsroom at noon on 1 June 2025 UTC. The report leaves out the manifest of
   * contents, which every publish changes, and social pictures. `manifest.test.ts` and `social-pictures.test.ts` are about them.
   */
  press(options?: Partial<PublishOptions> & { at?: string }): Promise<Report>;
  /** The files of dist with their text. */
  dist(folder?: string): Map<string, string>;
  filesMentioning(...words: string[]): string[];
}

/**
 * The bundle of templates is the same for all tests of a checkout, so they share its folder. Two checkouts do not,
 * because each would wait for the other's lock.
 */
const checkout = createHash('sha256')
  .update(import.meta.dirname)
  .digest('hex')
  .slice(0, 8);
export const sharedCache = join(tmpdir(), `broadsheet-tests-${process.getuid?.() ?? 0}-${checkout}`);

/** Without the search, whose index most tests do not need. `search/` and those that compare whole sites have it. */
export const siteYaml = `name: The Example Post
url: https://post.example
language: en-IE
timeZone: Europe/Dublin
search: false
sections:
  - { id: world, title: World }
  - { id: sport, title: Sport }
`;

export function smallNewsroom(files: Record<string, string | Uint8Array> = {}): SmallNewsroom {
  const site = mkdtempSync(join(tmpdir(), 'newsroom-'));
  const put = (file: string, text: string | Uint8Array) => {
    mkdirSync(dirname(join(site, file)), { recursive: true });
    writeFileSync(join(site, file), text);
  };
  put('content/site.yaml', siteYaml);
  for (const [file, text] of Object.entries(files)) put(file, text);
  const dist = (folder = join(site, 'dist')) =>
    new Map(walk(folder).map((file) => [relative(folder, file), readFileSync(file, 'latin1')]));
  return {
    site,
    put,
    remove: (file) => rmSync(join(site, file), { recursive: true, force: true }),
    press: async ({ at = '2025-06-01T12:00:00Z', ...options } = {}) =>
      withoutManifest(
        await publish({
          site,
          dist: join(site, 'dist'),
          cache: sharedCache,
          now: Date.parse(at),
          clock: Date.now(),
          ...options,
        }),
      ),
    dist,
    filesMentioning: (...words) => {
      const found = [...dist()].filter(([file, text]) =>
        words.some((word) => file.includes(word) || text.includes(word)),
      );
      return found.map(([file]) => file).sort();
    },
  };
}

export const isSocialPicture = (file: string): boolean => /-social-\d+\.png$/.test(file);

function withoutManifest(report: Report): Report {
  const others = (files: string[]) => files.filter((file) => !isManifestFile(file) && !isSocialPicture(file));
  return {
    ...report,
    added: others(report.added),
    changed: others(report.changed),
    removed: others(report.removed),
  };
}

/** A story file. The fields of `front` are written as JSON, which is valid YAML. */
export function story(front: Record<string, unknown> = {}, body = 'The first ferry **sailed** at seven.'): string {
  const fields = {
    headline: 'Harbour reopens after storm',
    section: 'world',
    byline: ['Ann Example'],
    published: '2025-02-12T18:00:00Z',
    ...front,
  };
  const lines = Object.entries(fields).filter(([, value]) => value !== undefined);
  return `---\n${lines.map(([key, value]) => `${key}: ${JSON.stringify(value)}`).join('\n')}\n---\n\n${body}\n`;
}

export function walk(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? walk(join(folder, entry.name)) : [join(folder, entry.name)],
  );
}

/** One digest for all names and bytes in a folder. */
export function digestOfFolder(folder: string): string {
  const hash = createHash('sha256');
  for (const file of walk(folder).sort())
    hash.update(relative(folder, file)).update('\0').update(readFileSync(file)).update('\0');
  return hash.digest('hex');
}
