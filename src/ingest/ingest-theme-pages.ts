import { readFileSync } from 'node:fs';
import { putAddressLinks } from '../index/address-link-rows.ts';
import { digestOf } from '../index/digest.ts';
import type { IndexHandle } from '../index/handle.ts';
import { forgetRecord, getRecord, putRecord } from '../index/record-rows.ts';
import type { ThemePageRecord } from '../index/records.ts';
import { type ThemePage, themePagesOf } from '../index/theme-pages.ts';
import { type ThemePageFrontMatter, themePageSchema } from '../newsroom/schema.ts';
import type { Problem } from '../problems/problem.ts';
import { baseOf, type Site } from '../site/site.ts';
import { unknownSection } from '../story/problems/front-matter.ts';
import { setWords } from '../story/punctuation.ts';
import { checkData } from '../yaml/check-data.ts';
import { missingKey } from '../yaml/problems.ts';
import { lineOf, readSource } from '../yaml/source.ts';
import { addressMeasured, claim, releaseClaims } from './claim.ts';
import type { IngestRun } from './ingest-run.ts';
import { linkDead } from './link-problems.ts';
import { linksOfThemePage, linksWithoutBase, storiesOfThemePage } from './links-of-theme-page.ts';
import { addressTaken, themePageFrontMatter, themePageTwice } from './problems.ts';

/*
 * The pages in a newsroom's `theme/pages/`. Unlike everything in `content/`, they are templates: the bundler compiles
 * them. The index knows their addresses, their links, and the front matter of those in MDX.
 */

/** The pages that the theme has, and those that changed. */
export interface ThemePages {
  all: ThemePage[];
  changed: ThemePage[];
}

/**
 * Pages that changed or were deleted release their addresses and links.
 *
 * @param isAll whether the site changed, which their links and addresses depend on
 */
export function releaseThemePages(index: IndexHandle, run: IngestRun, isAll: boolean): ThemePages {
  const known = index.sql("SELECT key, file FROM record WHERE key > 'themePage/' AND key < 'themePage0'").all() as {
    key: string;
    file: string;
  }[];
  // A page with an error stays as it was, or is not there yet.
  const isLeftOut = ({ file }: { file: string }) => index.leftOut?.has(file) === true;
  const all = themePagesOf(index.root).filter(
    (page) => !isLeftOut(page) || known.some(({ key }) => key === keyOf(page.id)),
  );
  if (all.length === 0 && known.length === 0) return { all, changed: [] };
  const isKnown = ({ id, file, path, address }: ThemePage) => {
    if (isLeftOut({ file })) return true;
    const row = known.find(({ key }) => key === keyOf(id));
    const record = row && getRecord<ThemePageRecord>(index, row.key);
    return row?.file === file && record?.address === address && record.fileDigest === digestOf(readFileSync(path));
  };
  const changed = isAll ? all.filter((page) => !isLeftOut(page)) : all.filter((page) => !isKnown(page));
  const gone = known.filter(({ key }) => !all.some(({ id }) => keyOf(id) === key));
  for (const { key, file } of [...gone, ...changed.map(({ id, file }) => ({ key: keyOf(id), file }))]) {
    const { sql } = index;
    run.files.themePages.add(file);
    for (const { address } of sql('SELECT address FROM address WHERE owner = ?').all(key) as { address: string }[])
      run.changes.pages.before.set(address, `themePage ${key}`);
    releaseClaims(index, key);
    for (const table of ['addressLink', 'link']) sql(`DELETE FROM ${table} WHERE owner = ?`).run(key);
    run.changes.records.add(key);
  }
  for (const { key } of gone) forgetRecord(index, key);
  return { all, changed };
}

/** Ingests the pages that changed, after everything that changed has released its addresses. */
export async function ingestThemePages(
  index: IndexHandle,
  { all, changed }: ThemePages,
  site: Site,
  run: IngestRun,
): Promise<void> {
  for (const page of changed) await ingestThemePage(index, page, all, site, run);
}

const keyOf = (id: string): string => `themePage/${id}`;

async function ingestThemePage(
  index: IndexHandle,
  { id, address, file, path }: ThemePage,
  all: readonly ThemePage[],
  site: Site,
  run: IngestRun,
): Promise<void> {
  const { report } = run;
  const key = keyOf(id);
  const bytes = readFileSync(path);
  const hint = `Rename the file. Its path in  theme/pages/  is its address.`;
  const measured = await addressMeasured(address, { file, line: () => 1, hint });
  if (measured) report([measured]);
  // Both forms of one page have the same owner, so the claim of the second would succeed.
  const twin = all.find((other) => other.id === id && other.file < file);
  if (twin) return report([themePageTwice(file, twin.file)]);
  const message = claim(index, { address, kind: 'themePage', owner: key, file });
  if (message) report([addressTaken({ file, line: 1 }, message, hint)]);
  run.changes.pages.after.set(address, `themePage ${key}`);
  const front = file.endsWith('.mdx') ? await readFrontMatter(file, bytes, site) : { data: {} };
  if ('problems' in front) return report(front.problems);
  const { headline, title, standfirst, description, section, language } = front.data;
  report(front.warnings ?? []);
  const voice = language ?? site.language;
  const record: ThemePageRecord = {
    fileDigest: digestOf(bytes),
    address,
    headline: setWords(headline ?? title, voice),
    standfirst: setWords(standfirst, voice),
    description: setWords(description ?? standfirst, voice),
    section,
    language: language === site.language ? undefined : language,
  };
  putRecord(index, key, file, record);
  const text = bytes.toString();
  for (const { href, line } of linksWithoutBase(file, text, baseOf(site)))
    report([
      linkDead(
        { file, line },
        { written: href, address: href },
        { meant: undefined, suggestion: `{hrefOf(site, '${href}')}` },
        false,
      ),
    ]);
  putAddressLinks(index, key, file, linksOfThemePage(file, text, { site, address }));
  for (const { name, line } of storiesOfThemePage(file, text))
    index.sql('INSERT OR IGNORE INTO link VALUES (?, ?, ?, ?)').run(key, name, line, file);
  run.owners.add(key);
}

/** The front matter of an MDX page, checked. */
async function readFrontMatter(
  file: string,
  bytes: Uint8Array,
  site: Site,
): Promise<{ data: ThemePageFrontMatter; warnings?: Problem[] } | { problems: Problem[] }> {
  const source = readSource(file, bytes);
  if ('problems' in source)
    return {
      problems: source.problems.map((problem) => {
        const { rule, line, message } = problem;
        return rule === 'front-matter-missing' ? themePageFrontMatter({ file, line }, message) : problem;
      }),
    };
  const checked = await checkData<ThemePageFrontMatter>(themePageSchema, source, file, 'a theme page');
  if ('problems' in checked) return checked;
  const { data } = checked;
  if (data.headline === undefined && data.title === undefined)
    return { problems: [missingKey({ file, line: 1 }, 'a theme page', 'headline')] };
  const sections = site.sections.map((section) => section.id);
  if (data.section !== undefined && !sections.includes(data.section))
    return {
      problems: [unknownSection({ file, line: await lineOf(source, ['section']) }, data.section, sections)],
    };
  return { data, warnings: source.warnings };
}
