import type { IndexHandle } from '../index/handle.ts';
import { hiddenStories, type StoryAtWork } from '../index/hidden.ts';
import { several } from '../problems/counted.ts';
import type { Problem } from '../problems/problem.ts';
import { escapeAttribute } from '../site/markup.ts';
import { hrefOf, type Site } from '../site/site.ts';
import { momentWords } from '../site/zone.ts';
import { problemItems, wakeScript } from './problems.ts';
import type { PageWarnings } from './warnings.ts';

/*
 * The bar that `dev` shows above a page. It is added to the response on its way out, so templates do not know about it
 * and no published page can have it. Its styles are in a shadow tree, so no theme changes them, and they change no
 * page.
 */

export interface BarFacts {
  site: Site;
  /** The story at the address, if there is one. */
  story?: StoryAtWork;
  /** The time that decides what is public, in ms. */
  now: number;
  /** Whether the time comes from `--now` and not from the clock. */
  isNowGiven: boolean;
  warnings: PageWarnings;
  isFront: boolean;
}

/** The bar as HTML, or '' if there is nothing to say. */
export function devBar(index: IndexHandle, facts: BarFacts): string {
  const { site, story, now, isNowGiven } = facts;
  const rows = [
    story ? stateWords(story, site, now) : '',
    isNowGiven
      ? `<b>Shown as of ${escapeAttribute(momentWords(now, site.timeZone))}</b> (${escapeAttribute(site.timeZone)}), because of <code>--now</code>.`
      : '',
    facts.isFront ? hiddenList(index, site, now) : '',
    warningList(facts.warnings, site),
  ].filter(Boolean);
  if (rows.length === 0) return '';
  const waitMs = story && !story.isPublic && story.due !== undefined && !isNowGiven ? story.due - now : 0;
  const isSoon = waitMs > 0 && waitMs < 2 ** 31;
  return `<div id="broadsheet-dev"><template shadowrootmode="open"><style>${barStyles}</style><aside aria-label="For the newsroom">${rows
    .map((row) => `<div>${row}</div>`)
    .join(
      '',
    )}</aside></template></div>${isSoon ? `<script>setTimeout(() => location.reload(), ${waitMs + 500})</script>` : ''}`;
}

/** Inserts the bar into a page, before everything else. */
export const withBar = (html: string, bar: string): string =>
  bar ? html.replace(/<body(?=[\s>])[^>]*>/i, (body) => body + bar) : html;

/** What readers see at the address of a story that is not simply public, and when this changes. */
function stateWords({ state, isPublic, due, file }: StoryAtWork, site: Site, now: number): string {
  const at = (instant: number) =>
    `<b>${escapeAttribute(momentWords(instant, site.timeZone))}</b> (${escapeAttribute(site.timeZone)}${instant > now ? `, ${spanWords(instant - now)}` : ''})`;
  const inFile = `<code>${escapeAttribute(file)}</code>`;
  if (state === 'draft')
    return `<b>Draft.</b> Readers do not see this story. They get “Page not found” here. To publish it, remove <code>draft: true</code> from ${inFile}.`;
  if (!isPublic && due !== undefined)
    return state === 'withdrawn'
      ? `<b>Withdrawn before it was published.</b> Readers get “Page not found” here until ${at(due)}, and then this notice.`
      : `<b>Scheduled.</b> Readers get “Page not found” here until ${at(due)}. Then they see this story. The time comes from <code>published</code> and <code>embargo</code> in ${inFile}.`;
  if (state === 'withdrawn')
    return `<b>Withdrawn.</b> Readers see this notice in place of the story, and no list shows it. To bring the story back, remove <code>withdrawn</code> from ${inFile}.`;
  return '';
}

/** "in 3 hours 20 minutes" */
export function spanWords(ms: number): string {
  const minutes = Math.ceil(ms / 60_000);
  const [days, hours] = [Math.floor(minutes / 1440), Math.floor((minutes % 1440) / 60)];
  if (days >= 2) return `in ${several(days, 'day')}`;
  if (days === 1) return `in 1 day${hours ? ` ${several(hours, 'hour')}` : ''}`;
  if (hours > 0) return `in ${several(hours, 'hour')}${minutes % 60 ? ` ${several(minutes % 60, 'minute')}` : ''}`;
  return `in ${several(minutes, 'minute')}`;
}

/** Every story that readers cannot see yet, on the front page, because nothing else links to them. */
function hiddenList(index: IndexHandle, site: Site, now: number): string {
  const stories = hiddenStories(index);
  if (stories.length === 0) return '';
  const item = ({ card, state, due }: StoryAtWork) =>
    `<li><a href="${escapeAttribute(hrefOf(site, card.address))}">${escapeAttribute(card.headline)}</a> ${
      state === 'draft' || due === undefined
        ? 'draft'
        : `${escapeAttribute(momentWords(due, site.timeZone))}, ${spanWords(due - now)}`
    }</li>`;
  return `<details><summary>${several(stories.length, 'story')} that readers do not see yet</summary><ul>${stories.map(item).join('')}</ul></details>`;
}

function warningList({ own, elsewhere }: PageWarnings, site: Site): string {
  const list = (problems: Problem[]) => `<ul>${problemItems(problems)}</ul>`;
  const parts: string[] = [];
  if (own.length > 0)
    parts.push(
      `<details${own.length <= 3 ? ' open' : ''}><summary>${several(own.length, 'warning')} about this page</summary>${list(own)}</details>`,
    );
  if (elsewhere.length > 0) {
    const count = elsewhere.reduce((sum, { problems }) => sum + problems.length, 0);
    const pages = elsewhere.map(
      ({ address, problems }) =>
        `<li><a href="${escapeAttribute(hrefOf(site, address))}">${escapeAttribute(address)}</a> ${several(problems.length, 'warning')}</li>`,
    );
    parts.push(
      `<details><summary>${several(count, 'warning')} about other pages</summary><ul>${pages.join('')}</ul></details>`,
    );
  }
  return parts.join('');
}

/** The response in place of a page that could not be rendered because the newsroom changed meanwhile. */
export const overtakenPage = (): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>The newsroom has changed</title>
</head>
<body>
<h1>The newsroom has changed</h1>
<p>It changed while this page was rendered. The page is loaded again.</p>
<script>${wakeScript('overtaken')}</script>
</body>
</html>
`;

/** The response in place of a page that could not be rendered because of a bug. */
export const faultPage = (): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>This page could not be rendered</title>
<style>body{font:1.05rem/1.5 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem}</style>
</head>
<body>
<h1>This page could not be rendered</h1>
<p>This is a bug in Broadsheet, not a mistake in the newsroom. Other pages are not affected.</p>
<p>The terminal that runs <code>broadsheet dev</code> shows the lines to report. This page comes back by itself.</p>
<script>${wakeScript('fault')}</script>
</body>
</html>
`;

const barStyles =
  ':host{all:initial}aside{font:14px/1.45 system-ui,sans-serif;color:#1a1400;background:#ffe08a;border-block-end:2px solid #1a1400;padding:.6rem 1rem;text-align:start;direction:ltr;overflow-wrap:anywhere}div+div{margin-block-start:.4rem}a{color:#0a3d91}code{font:13px/1.4 ui-monospace,monospace;background:#fff5d1;padding:0 .2em}summary{cursor:pointer;font-weight:600}ul{margin:.3rem 0;padding-inline-start:1.2rem}li{margin-block:.3rem}p{margin:0}@media print{aside{display:none}}';
