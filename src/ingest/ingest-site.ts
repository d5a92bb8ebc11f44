import { forgetAddressLinks, putAddressLinks } from '../index/address-link-rows.ts';
import type { IndexHandle } from '../index/handle.ts';
import { getRecord, putRecord } from '../index/record-rows.ts';
import { feedAddress, feedFormats, partnerFeedAddress, sectionAddress } from '../site/address.ts';
import { delayOf, listsOf, type PartnerFeed } from '../site/feed-settings.ts';
import { isSitePath } from '../site/link-address.ts';
import { targetOf } from '../site/link-target.ts';
import type { Site } from '../site/site.ts';
import { linesOf } from '../yaml/source.ts';
import type { Source } from '../yaml/source-type.ts';
import { addressMeasured, claim, releaseClaims } from './claim.ts';
import { siteFile } from './file-names.ts';
import { type IngestRun, ingestAllAgain } from './ingest-run.ts';
import { readSite } from './newsroom-files.ts';
import { addressTaken, noNewsroom } from './problems.ts';
import { isThere } from './scan.ts';

/**
 * Ingests `content/site.yaml` if it has changed. Its sections release their addresses.
 *
 * @returns the site, a placeholder for further checks if it has mistakes, or undefined if there is none
 */
export async function ingestSite(index: IndexHandle, run: IngestRun): Promise<Site | undefined> {
  const { changes, report } = run;
  const old = getRecord<Site>(index, 'site');
  if (!isThere(index, siteFile)) {
    report([noNewsroom(siteFile)]);
    return undefined;
  }
  if (old && !run.changed.has(siteFile)) return old;
  const read = await readSite(index);
  if ('problems' in read) {
    report(read.problems);
    return read.usable;
  }
  const { data: site, hosting, trust, feeds, source } = read;
  report(source.warnings);
  await takeLinks(index, site, source, run);
  if (putRecord(index, 'hosting', siteFile, hosting)) changes.records.add('hosting');
  if (putRecord(index, 'trust', siteFile, trust)) changes.records.add('trust');
  takeFeeds(index, feeds, source, run);
  if (!putRecord(index, 'site', siteFile, site)) return site;
  changes.records.add('site');
  if (old && derivedFrom(old) !== derivedFrom(site)) ingestAllAgain(index, run);
  for (const { id } of old?.sections ?? []) {
    releaseClaims(index, `section/${id}`);
    changes.pages.before.set(sectionAddress(id), `section ${id}`);
    for (const format of feedFormats)
      changes.pages.before.set(feedAddress(`section/${id}`, format), `feed section/${id}`);
  }
  const claimFeeds = run.claimSections;
  run.claimSections = async () => {
    for (const { id } of site.sections) await claimSection(index, id, source, run);
    await claimFeeds();
  };
  return site;
}

/**
 * The targets of the links in site.yaml. The actions of forms are excluded, because a program on the host may handle
 * them.
 */
async function takeLinks(index: IndexHandle, site: Site, source: Source, { owners }: IngestRun): Promise<void> {
  const lines = await linesOf(source);
  const { publisher, support, pictures } = site;
  const isLink = support && support.amounts.length === 0;
  const licence = pictures?.licence;
  const written: [url: string | undefined, ...at: (string | number)[]][] = [
    [site.icon, 'icon'],
    [publisher?.url, 'publisher', 'url'],
    [publisher?.logo, 'publisher', 'logo'],
    [isLink ? support.action : undefined, 'support', 'action'],
    [
      licence !== undefined && (isSitePath(licence) || /^https?:/i.test(licence)) ? licence : undefined,
      'pictures',
      'licence',
    ],
    ...Object.entries(site.policies ?? {}).map(([key, url]): [string | undefined, ...string[]] => [
      url,
      'policies',
      key,
    ]),
    ...site.navigation.map(({ url }, i): [string, ...(string | number)[]] => [url, 'navigation', i, 'url']),
  ];
  forgetAddressLinks(index, 'site');
  putAddressLinks(
    index,
    'site',
    siteFile,
    written.flatMap(([url, ...at]) => {
      const target = url === undefined ? undefined : targetOf(url, site, undefined);
      return target ? [{ ...target, line: lines(at), isNavigation: at[0] === 'navigation' }] : [];
    }),
  );
  owners.add('site');
}

/**
 * The parts of site.yaml that stories and pages are derived from. If any of them changes, all stories and pages are
 * derived again.
 */
const derivedFrom = ({ url, language, timeZone, permalink, sections, pictures, wire }: Site): string =>
  JSON.stringify([url, language, timeZone, permalink, sections.map(({ id }) => id), pictures ?? null, wire === true]);

async function claimSection(
  index: IndexHandle,
  id: string,
  source: Source,
  { changes, report }: IngestRun,
): Promise<void> {
  const line = async () => {
    const { sections } = source.data as { sections: { id: string }[] };
    const i = sections.findIndex((section) => section.id.normalize('NFC') === id);
    return (await linesOf(source))(['sections', i, 'id']);
  };
  const hint = `Give the section "${id}" another id.`;
  const measured = await addressMeasured(sectionAddress(id), { file: siteFile, line, hint });
  if (measured) report([measured]);
  for (const [kind, address] of [
    ['section', sectionAddress(id)],
    ...feedFormats.map((format) => ['feed', feedAddress(`section/${id}`, format)] as const),
  ] as const) {
    const message = claim(index, { address, kind, owner: `section/${id}`, file: siteFile });
    if (message) report([addressTaken({ file: siteFile, line: await line() }, message, hint)]);
    changes.pages.after.set(address, kind === 'feed' ? `feed section/${id}` : `section ${id}`);
  }
}

/** The feeds for partners. The index keeps when those with a delay were last looked at (due.ts). */
function takeFeeds(index: IndexHandle, feeds: PartnerFeed[], source: Source, run: IngestRun): void {
  const { changes, now } = run;
  const old = getRecord<PartnerFeed[]>(index, 'feeds') ?? [];
  if (!putRecord(index, 'feeds', siteFile, feeds)) return;
  const { sql } = index;
  sql('DELETE FROM delayedFeed').run();
  for (const feed of feeds)
    if (delayOf(feed) > 0)
      sql('INSERT INTO delayedFeed VALUES (?, ?, ?, ?)').run(
        feed.id,
        JSON.stringify(listsOf(feed).map((list) => list.normalize('NFC'))),
        delayOf(feed),
        now,
      );
  for (const { id } of old) {
    releaseClaims(index, `feeds/${id}`);
    for (const format of feedFormats) changes.pages.before.set(partnerFeedAddress(id, format), `feed feeds/${id}`);
  }
  for (const { id } of [...old, ...feeds]) changes.records.add(`feed/${id}`);
  run.claimSections = async () => {
    for (const [i, { id }] of feeds.entries()) await claimPartnerFeed(index, id, i, source, run);
  };
}

async function claimPartnerFeed(
  index: IndexHandle,
  id: string,
  i: number,
  source: Source,
  { changes, report }: IngestRun,
): Promise<void> {
  for (const format of feedFormats) {
    const address = partnerFeedAddress(id, format);
    const message = claim(index, { address, kind: 'feed', owner: `feeds/${id}`, file: siteFile });
    if (message) {
      const place = { file: siteFile, line: (await linesOf(source))(['feeds', i, 'id']) };
      report([addressTaken(place, message, `Give the feed "${id}" another id.`)]);
    }
    changes.pages.after.set(address, `feed feeds/${id}`);
  }
}
