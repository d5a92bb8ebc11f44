import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { printingOf } from '../feeds/body.ts';
import { picturesIn } from '../feeds/item.ts';
import { plainHtml } from '../feeds/plain/plain-html.ts';
import { plainText } from '../feeds/plain/plain-text.ts';
import { wordsOf } from '../i18n/words.ts';
import { importArchive } from '../import/import.ts';
import { everyStory } from '../index/inventory.ts';
import { withTemporaryIndex } from '../index/temporary.ts';
import { ingest } from '../ingest/ingest.ts';
import { scan } from '../ingest/scan.ts';
import type { ShownPicture } from '../pictures/picture.ts';
import { engineVersion } from '../press/engine-version.ts';
import { sharedCache } from '../press/small-newsroom.fixture.ts';
import { exportNewsroom } from './export.ts';
import type { ExportKind } from './export-options.ts';
import { WholeNewsroom } from './whole-newsroom.ts';

/** What has to survive an export and an import of it. */
export interface Survivor {
  headline: string;
  standfirst?: string;
  section?: string;
  topics: string[];
  byline: string[];
  published: string;
  updated?: string;
  state: string;
  language?: string;
  lead?: PictureTexts;
  pictures: PictureTexts[];
  /** The words of the text, as a sequence. */
  words: string[];
}

type PictureTexts = Pick<ShownPicture, 'alt' | 'caption' | 'credit'>;

/** The time of the tests. */
export const at = Date.parse('2026-06-01T12:00:00Z');

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'round-trip-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }), 120_000);
  return folder;
}

/** Every story of a newsroom, by address. The newsroom has no mistakes. */
export async function survivorsOf(site: string, now = at): Promise<Map<string, Survivor>> {
  const found = new Map<string, Survivor>();
  await withTemporaryIndex(site, sharedCache, engineVersion(sharedCache), async (index) => {
    await ingest(index, scan(index, Date.now()), now, { isAll: true });
    const newsroom = new WholeNewsroom(index, false, now);
    for (const item of everyStory(index)) {
      const story = newsroom.story(item);
      const { card } = story;
      const words = wordsOf('en');
      const html = plainHtml(story.body, printingOf(newsroom.site, story, words));
      const day = (instant: number, isDay?: boolean) =>
        isDay ? `the day ${new Date(instant).toISOString()}` : new Date(instant).toISOString();
      found.set(card.address, {
        headline: card.headline,
        standfirst: card.standfirst,
        section: card.section,
        topics: story.topics.map(({ id }) => id),
        byline: card.byline.map(({ name }) => name),
        published: card.published > 0 ? day(card.published, card.publishedIsDay) : 'never',
        ...(card.updated !== undefined && { updated: day(card.updated, card.updatedIsDay) }),
        state: story.state,
        ...(card.language !== undefined && { language: card.language }),
        ...(card.lead && { lead: textsOf(card.lead) }),
        pictures: [...picturesIn(story.body)].map(textsOf),
        words: plainText(html).split(/\s+/).filter(Boolean),
      });
    }
  });
  return found;
}

const textsOf = ({ alt, caption, credit }: ShownPicture): PictureTexts => ({
  alt,
  ...(caption !== undefined && { caption }),
  ...(credit !== undefined && { credit }),
});

/** Exports a newsroom and imports the export into a new one, which has only the same site.yaml. */
export async function movedBy(
  kind: ExportKind,
  from: string,
  { isPublicOnly = false, file, now = at }: { isPublicOnly?: boolean; file?: string; now?: number } = {},
) {
  const folder = temporaryFolder();
  const out = join(folder, file ?? 'out');
  const report = await exportNewsroom({
    ...{ kind, site: from, out, cache: sharedCache, now, clock: Date.now(), isPublicOnly },
  });
  const site = join(folder, 'newsroom');
  cpSync(join(from, 'content/site.yaml'), join(site, 'content/site.yaml'));
  // An agency sends no standing pages.
  if (kind === 'ninjs' && existsSync(join(from, 'content/pages')))
    cpSync(join(from, 'content/pages'), join(site, 'content/pages'), { recursive: true });
  const receipt = await importArchive(kind === 'wxr' ? 'wordpress' : kind, {
    ...{ source: out, site, permalinks: [], dryRun: false },
  });
  return { out, site, report, receipt, text: (path: string) => readFileSync(join(site, path), 'utf8') };
}
