import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, sep } from 'node:path';
import { type Contents, type FileDigest, manifestFiles, sha256Of } from '../site/manifest.ts';
import { type DeployOptions, deploy } from './deploy.ts';
import type { DeployReport } from './report.ts';
import type { Target, WholeTarget } from './target.ts';

/* A built site without a build, for tests of a deploy: pages that link to each other, styles, and pictures. */

export interface SmallSite {
  /** A newsroom with `dist/`, and everything else of a test. */
  folder: string;
  dist: string;
  /** Replaces the site by these files, with a manifest. */
  build(files: Record<string, string>): void;
  /** What the target should have. */
  files(): Map<string, string>;
  deploy(target: Target | WholeTarget | undefined, options?: Partial<DeployOptions>): Promise<DeployReport>;
  remove(): void;
}

export function smallSite(): SmallSite {
  const folder = mkdtempSync(join(tmpdir(), 'deploy-'));
  const dist = join(folder, 'dist');
  return {
    folder,
    dist,
    build(files) {
      const contents = new Map(
        Object.entries(files).map(([path, text]): [string, FileDigest] => {
          const bytes = Buffer.from(text, 'latin1');
          return [path, { sha256: sha256Of(bytes), size: bytes.length }];
        }),
      );
      rmSync(dist, { recursive: true, force: true });
      const write = (path: string, bytes: Buffer) => {
        mkdirSync(dirname(join(dist, path)), { recursive: true });
        writeFileSync(join(dist, path), bytes);
      };
      for (const [path, text] of Object.entries(files)) write(path, Buffer.from(text, 'latin1'));
      // It contains the names of files.
      for (const [path, text] of manifestFiles(contents)) write(path, Buffer.from(text));
    },
    files: () => filesIn(dist),
    deploy: async (target, options = {}) =>
      await deploy({
        name: 'test',
        settings: { kind: 'folder', path: join(folder, 'www') },
        site: folder,
        dist,
        stateFolder: join(folder, 'state'),
        contents: async () => contentsIn(dist),
        siteUrl: async () => ({ origin: 'https://post.example', base: '' }),
        command: 'deploy test',
        clock: new Date('2025-06-01T12:00:00Z'),
        env: {},
        retries: { retries: 3, pauseMs: 1, pauseMsMax: 4 },
        lockTimes: { beatMs: 50, watchMs: 100 },
        ...(target && { target }),
        ...options,
      }),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** The files of a folder with their text, without hidden ones that are not part of a site. */
export const filesIn = (folder: string): Map<string, string> =>
  new Map(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => !entry.isDirectory())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((file): [string, string] => [relative(folder, file).split(sep).join('/'), readFileSync(file, 'latin1')])
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );

export const contentsIn = (folder: string): Contents =>
  new Map(
    [...filesIn(folder)].map(([path, text]) => {
      const bytes = Buffer.from(text, 'latin1');
      return [path, { sha256: sha256Of(bytes), size: bytes.length }];
    }),
  );

/**
 * A site with a front, two sections, and stories that link to each other and to a picture of their own.
 *
 * @param edition appears in every list and in the feed
 * @param stories the slugs of stories, each with its text
 */
export function newsSite(edition: string, stories: Record<string, string>): Record<string, string> {
  const slugs = Object.keys(stories);
  const page = (text: string, links: string[]) =>
    `<!doctype html><link rel="stylesheet" href="/assets/site.${styleOf(edition)}.css"><h1>${text}</h1>${links.map((link) => `<a href="${link}">${link}</a>`).join('')}`;
  const address = (slug: string) => `/2025/02/${slug}/`;
  const files: Record<string, string> = {
    [`assets/site.${styleOf(edition)}.css`]: `body { content: "${edition}" }`,
    'index.html': page(`Front ${edition}`, ['/world/', '/2025/02/', ...slugs.map(address)]),
    'world/index.html': page(`World ${edition}`, ['/', ...slugs.map(address)]),
    '2025/02/index.html': page(`February ${edition}`, ['/', '/world/', ...slugs.map(address)]),
    'about/index.html': page('About', ['/']),
    '404.html': page('Not found', ['/']),
    'feed.xml': `<rss>${edition}${slugs.map((slug) => `<link>https://post.example${address(slug)}</link>`).join('')}</rss>`,
    'sitemap.xml': `<urlset>${slugs.map((slug) => `<loc>https://post.example${address(slug)}</loc>`).join('')}</urlset>`,
    _redirects: '/old/ / 301\n',
  };
  for (const [at, slug] of slugs.entries()) {
    const neighbour = slugs[(at + 1) % slugs.length] ?? slug;
    const picture = `assets/pictures/${sha256Of(slug).slice(0, 12)}-640.jpg`;
    files[picture] = `JPEG of ${slug}`;
    files[`2025/02/${slug}/index.html`] =
      `${page(`${slug}: ${stories[slug]}`, ['/world/', address(neighbour)])}<img src="/${picture}">`;
  }
  return files;
}

/** Like the names of styles in a real site: a digest of eight characters. */
const styleOf = (edition: string): string => sha256Of(edition).slice(0, 8);
