import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import sharp from 'sharp';
import { onTestFinished } from 'vitest';
import { compileBody } from '../story/body/compile.ts';
import { frontMatterSchema } from '../story/schema.ts';
import { checkData } from '../yaml/check-data.ts';
import { readSource } from '../yaml/source.ts';
import { type ImportOptions, importArchive, importFrom, importMarkdown } from './import.ts';
import { readSite } from './newsroom.ts';
import { FieldLog } from './receipt.ts';
import type { Source, SourceKind } from './source.ts';

/** A source folder and a newsroom in a temporary folder, deleted after the test. */
export function smallArchive(files: Record<string, string | Uint8Array>, siteYaml = '') {
  const root = mkdtempSync(join(tmpdir(), 'import '));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }), 120_000);
  const put = (path: string, data: string | Uint8Array) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), data);
  };
  put(
    'site/content/site.yaml',
    `name: Post\nurl: https://post.example\ntimeZone: Europe/Dublin\nsections:\n  - { id: news, title: News }\n  - { id: sea, title: The sea }\n${siteYaml}`,
  );
  mkdirSync(join(root, 'in'));
  for (const [path, data] of Object.entries(files)) put(`in/${path}`, data);
  const stories = join(root, 'site/content/stories');
  const defaults: ImportOptions = {
    source: join(root, 'in'),
    site: join(root, 'site'),
    permalinks: [],
    dryRun: false,
  };
  return {
    root,
    put,
    run: (options: Partial<ImportOptions> = {}) => importMarkdown({ ...defaults, ...options }),
    /** Imports a file of the source folder as an archive of a kind. */
    runAs: (kind: SourceKind, file: string, options: Partial<ImportOptions> = {}) =>
      importArchive(kind, { ...defaults, source: join(root, 'in', file), ...options }),
    /** Imports what a source of the test yields. */
    runFrom: async (source: Source) =>
      importFrom(source, await readSite(defaults.site, undefined), defaults, new FieldLog()),
    /** Every file under `content/stories`, sorted. */
    list: () =>
      readdirSync(join(root, 'site/content'), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name))
        .filter((path) => path.startsWith(stories))
        .map((path) => path.slice(stories.length + 1))
        .sort(),
    story: (name: string) =>
      readFileSync(
        ['index.md', 'index.mdx'].map((file) => join(stories, name, file)).find((path) => existsSync(path)) ??
          join(stories, name),
        'utf8',
      ),
    stories,
  };
}

/** A small real picture. */
export const picture = (): Promise<Buffer> =>
  sharp({ create: { width: 8, height: 6, channels: 3, background: '#336' } })
    .jpeg()
    .toBuffer();

/** What the build would refuse in the stories that were written: front matter and body. */
export async function contractProblems(stories: string): Promise<string[]> {
  const problems: string[] = [];
  if (!existsSync(stories)) return problems;
  for (const name of readdirSync(stories, { recursive: true }) as string[]) {
    if (!/\.mdx?$/.test(name)) continue;
    const source = readSource(name, readFileSync(join(stories, name)));
    const checked = 'problems' in source ? source : await checkData(frontMatterSchema, source, name, 'story');
    const body =
      'problems' in source
        ? undefined
        : compileBody(
            { text: source.body, format: name.endsWith('x') ? 'mdx' : 'md', file: name, firstLine: source.bodyLine },
            { language: 'en', base: '' },
          );
    const refused = body?.problems.filter(({ severity }) => severity === 'error') ?? [];
    problems.push(...refused.map(({ file, line, message }) => `${file}:${line} ${message}`));
    if ('problems' in checked)
      problems.push(...checked.problems.map(({ file, line, message }) => `${file}:${line} ${message}`));
  }
  return problems;
}
