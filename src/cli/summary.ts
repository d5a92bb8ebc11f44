import type { Report } from '../press/report.ts';
import { grouped, several } from '../problems/counted.ts';
import { momentWords } from '../site/zone.ts';

const filesShown = 10;

/** What a build did, in a few lines, or in one line if nothing changed. */
export async function summaryOf(report: Report, place: { site: string; cache: string; dist: string }): Promise<string> {
  const { added, changed, removed, repaired, rendered, renditions, pages, pictures, seconds } = report;
  const took = `${seconds.total < 10 ? seconds.total.toFixed(2) : seconds.total.toFixed(1)} s`;
  const next = report.nextChange === null ? '' : await nextWords(report.nextChange, place);
  if (added.length + changed.length + removed.length === 0)
    return `Nothing changed: ${several(pages, 'page')}, ${took}.${next ? ` ${next}` : ''}\n`;
  const marked = [['+', added] as const, ['~', changed] as const, ['-', removed] as const].flatMap(([mark, files]) =>
    [...files].sort().map((file) => `  ${mark} ${file}`),
  );
  const rest = marked.length - filesShown;
  const counts = [
    added.length ? `${grouped(added.length)} added` : '',
    changed.length ? `${grouped(changed.length)} changed` : '',
    removed.length ? `${grouped(removed.length)} removed` : '',
  ].filter(Boolean);
  const lines = [
    `Files of the site: ${counts.join(', ')}.`,
    ...marked.slice(0, filesShown),
    ...(rest > 0 ? [`    and ${several(rest, 'more file')}`] : []),
    ...(repaired.length ? [repairedWords(repaired)] : []),
    `${several(rendered, 'page')} rendered${renditions ? `, ${several(renditions, 'rendition')} created` : ''}, ${took}. The site has ${several(pages, 'page')} and ${several(pictures, 'picture')}.`,
    ...(next ? [next] : []),
  ];
  return `${lines.join('\n')}\n`;
}

/** "2 files were not as the last build left them, and were corrected: a/index.html, b/index.html." */
function repairedWords(repaired: string[]): string {
  const named = [...repaired].sort().slice(0, 3).join(', ');
  const more = repaired.length > 3 ? ` and ${grouped(repaired.length - 3)} more` : '';
  return `${several(repaired.length, 'file')} ${repaired.length === 1 ? 'was' : 'were'} not as the last build left ${repaired.length === 1 ? 'it' : 'them'}, and ${repaired.length === 1 ? 'was' : 'were'} corrected: ${named}${more}.`;
}

/** "Next: 1 November 2031, 06:00 — 1 story is published then." */
async function nextWords(
  nextChange: string,
  { site, cache, dist }: { site: string; cache: string; dist: string },
): Promise<string> {
  const {
    timeZone,
    stories: count,
    updates,
    banners,
    leaving,
    inFeeds,
  } = (await import('../press/coming.ts')).comingAt(Date.parse(nextChange), { site, cache, dist });
  const events = [
    count ? `${several(count, 'story')} ${count === 1 ? 'is' : 'are'} published` : '',
    updates ? `${several(updates, 'story')} ${updates === 1 ? 'changes' : 'change'}` : '',
    inFeeds
      ? `${several(inFeeds, 'story')} ${inFeeds === 1 ? 'appears' : 'appear'} in ${inFeeds === 1 ? 'a feed' : 'feeds'} for partners`
      : '',
    banners ? `${several(banners, 'banner')} ${banners === 1 ? 'ends' : 'end'}` : '',
    leaving ? `${several(leaving, 'story')} ${leaving === 1 ? 'leaves' : 'leave'} the news sitemap` : '',
  ].filter(Boolean);
  return `Next: ${momentWords(Date.parse(nextChange), timeZone)} — ${events.join(' and ')} then.`;
}
