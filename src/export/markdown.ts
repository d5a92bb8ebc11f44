import { copyFileSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { IndexHandle } from '../index/handle.ts';
import {
  everyFile,
  everyPicture,
  everyStory,
  hiddenNames,
  namesOfHidden,
  namesWithoutPage,
  publicAssets,
  publicPageFiles,
  type StoryInInventory,
} from '../index/inventory.ts';
import { type ForeignKeys, withForeignKeys } from '../newsroom/foreign-keys.ts';
import { querySite } from '../queries/queries.ts';
import { instantOf, isDay } from '../site/zone.ts';
import { readSource } from '../yaml/source.ts';
import { type ExportOptions, type ExportReport, emptyReport, kindOf } from './export-options.ts';
import { type PublicView, publicText, publicYaml } from './public-text.ts';

const pageFile = /^content\/pages\/[^/]+\.mdx?$/i;
const storyFile = /^content\/stories\/.+\.mdx?$/i;
/** Their files are on the site as they are, or describe it, so `--public` does not look for uses of them. */
const ofTheWhole = /^public\/|^content\/(?:site|topics|series)\.yaml$|^content\/authors\/[^/]+\.ya?ml$/;
const yamlFile = /^content\/.+\.ya?ml$/i;
const frontFile = /^content\/fronts\//;

/** Writes `content/` and `public/` of a newsroom into a folder. */
export async function exportMarkdown(
  index: IndexHandle,
  folder: string,
  { site: root, now, isPublicOnly, onProgress = () => {} }: ExportOptions,
): Promise<ExportReport> {
  const report = emptyReport();
  const stories = new Map([...everyStory(index)].map((story) => [story.file, story]));
  const view: PublicView = {
    site: querySite(index),
    now,
    hiddenNames: hiddenNames(index),
    namesWithoutPage: namesWithoutPage(index),
  };
  const [pages, assets, pictures] = [publicPageFiles(index), publicAssets(index), everyPicture(index)];
  const namedHidden = isPublicOnly ? namesOfHidden(index) : [];
  const files = everyFile(index);
  for (const [at, file] of files.entries()) {
    onProgress('export', at, files.length);
    const reason = isPublicOnly ? whyNotPublic(file) : undefined;
    if (reason !== undefined) {
      report.leftOut.push({ file, reason });
      continue;
    }
    const story = stories.get(file);
    const to = join(folder, file);
    mkdirSync(dirname(to), { recursive: true });
    if (story || pageFile.test(file)) {
      const bytes = readFileSync(join(root, file));
      const isWithdrawn = story?.state === 'withdrawn';
      const text = isPublicOnly ? publicText(file, bytes, isWithdrawn, view) : bytes.toString('utf8');
      writeFileSync(to, withForeignKeys(text, foreignKeysOf(text, file, story, view)));
    } else if (isPublicOnly && yamlFile.test(file)) writeFileSync(to, publicYaml(file, readFileSync(join(root, file))));
    else copyFileSync(join(root, file), to);
    if (story) report[kindOf(story)]++;
    else if (pageFile.test(file)) report.pages++;
    else if (pictures.has(file)) report.pictures++;
    report.files++;
    report.bytes += statSync(to).size;
  }
  for (const { file, line, name } of namedHidden)
    if (!report.leftOut.some((left) => left.file === file))
      report.notes.push({ file: `${file}:${line}`, note: `named the story ${name}, which was left out` });
  return report;

  function whyNotPublic(file: string): string | undefined {
    const story = stories.get(file);
    if (story) return story.isPublic ? undefined : story.state === 'draft' ? 'a draft' : 'not published yet';
    if (pageFile.test(file)) return pages.has(file) ? undefined : 'a draft';
    if (storyFile.test(file)) return 'not a story that readers can see';
    if (ofTheWhole.test(file)) return undefined;
    if (frontFile.test(file))
      return namedHidden.some((named) => named.file === file) ? 'names a story that was left out' : undefined;
    const pictured = file.replace(/\.ya?ml$/i, '');
    return assets.has(file) || (pictured !== file && assets.has(pictured)) ? undefined : 'not used by anything public';
  }
}

/** What other generators read of a story or page. They get dates in the form that all of them understand. */
function foreignKeysOf(
  text: string,
  file: string,
  story: StoryInInventory | undefined,
  { site }: PublicView,
): ForeignKeys {
  const read = readSource(file, Buffer.from(text));
  const data = 'data' in read ? (read.data as Record<string, unknown>) : {};
  const line = (value: unknown) => (typeof value === 'string' ? value : undefined);
  const date = (value: unknown) => {
    const written = line(value);
    const instant = written === undefined ? undefined : instantOf(written, site.timeZone);
    if (written === undefined || instant === undefined || isDay(written)) return written;
    return new Date(instant).toISOString().replace('.000Z', 'Z');
  };
  const list = (values: unknown) => {
    const found = (Array.isArray(values) ? values : []).filter((value) => typeof value === 'string');
    return found.length > 0 ? found : undefined;
  };
  return {
    title: line(data.headline) ?? '',
    description: line(data.standfirst),
    date: date(data.published),
    lastmod: date(data.updated),
    publishDate: date(data.embargo),
    expiryDate: date((data.withdrawn as { date?: unknown } | undefined)?.date),
    tags: list(data.topics),
    authors: list(story?.card.byline.map(({ name }) => name)),
  };
}
