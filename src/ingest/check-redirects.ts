import { readContent } from '../index/content-files.ts';
import type { IndexHandle } from '../index/handle.ts';
import { getRecord } from '../index/record-rows.ts';
import { pageWithin } from '../index/within.ts';
import type { Problem } from '../problems/problem.ts';
import { foldAddress } from '../site/address.ts';
import { type Hosting, type Redirect, redirectOf, type SiteRedirect } from '../site/hosting.ts';
import { targetOf } from '../site/link-target.ts';
import type { Site } from '../site/site.ts';
import { linesOf, readYamlFile } from '../yaml/source.ts';
import { siteFile } from './file-names.ts';
import type { IngestRun } from './ingest-run.ts';
import {
  redirectChain,
  redirectLoop,
  redirectOverPages,
  redirectTaken,
  redirectTargetMissing,
} from './redirect-problems.ts';
import { standingOf } from './standing.ts';

/**
 * Reports redirects of site.yaml that hide a page, lead in a circle, lead to another old address, or lead to nothing. The
 * whole newsroom is known at this point.
 *
 * @param isAll whether everything is checked, whatever has changed
 */
export async function checkRedirects(index: IndexHandle, run: IngestRun, site: Site, isAll: boolean): Promise<void> {
  const written = getRecord<Hosting>(index, 'hosting')?.redirects ?? [];
  if (written.length === 0 || !(isAll || mayDiffer(run))) return;
  const found = new Check(index, site, written).problems();
  if (found.length === 0) return;
  const source = readYamlFile(siteFile, readContent(index, siteFile));
  if ('problems' in source) return;
  const { redirects } = source.data as { redirects: object };
  const lines = await linesOf(source);
  run.report(
    found.map(({ at, problem }) =>
      problem({
        file: siteFile,
        line: lines(['redirects', Array.isArray(redirects) ? at : written[at]!.from]),
      }),
    ),
  );
}

/** Whether an address was added or removed, or site.yaml has changed. */
function mayDiffer({ owners, changes }: IngestRun): boolean {
  const { stories, pages, publicFiles, documents } = changes;
  return (
    owners.has('site') ||
    pages.before.size + pages.after.size + publicFiles.changed.length + publicFiles.gone.length > 0 ||
    documents.before.length + documents.after.length > 0 ||
    stories.some(
      ({ before, after }) =>
        before?.address !== after?.address ||
        before?.isPublic !== after?.isPublic ||
        before?.isListed !== after?.isListed ||
        String(before?.aliases) !== String(after?.aliases) ||
        String(before?.redirects) !== String(after?.redirects),
    )
  );
}

/** A problem without its place, for the entry at this position. */
type Found = { at: number; problem: (place: { file: string; line: number }) => Problem };

class Check {
  readonly #index: IndexHandle;
  readonly #site: Site;
  readonly #written: readonly SiteRedirect[];
  readonly #all: readonly Redirect[];
  /** The position of each entry, by its old address. */
  readonly #at = new Map<string, number>();

  constructor(index: IndexHandle, site: Site, written: readonly SiteRedirect[]) {
    this.#index = index;
    this.#site = site;
    this.#written = written;
    this.#all = written.map(redirectOf);
    for (const [at, one] of this.#all.entries()) if (!this.#at.has(keyOf(one))) this.#at.set(keyOf(one), at);
  }

  problems(): Found[] {
    return this.#all.flatMap((one, at) => {
      const problem =
        this.#taken(one, at) ?? (one.isFolder ? this.#folder(one, at) : undefined) ?? this.#leads(one, at);
      return problem ? [{ at, problem }] : [];
    });
  }

  /** Something else is at the old address. */
  #taken(one: Redirect, at: number): Found['problem'] | undefined {
    const { from } = this.#written[at]!;
    const first = this.#at.get(keyOf(one))!;
    if (first !== at) return (place) => redirectTaken(place, from, 'It is listed twice.');
    if (one.isFolder) return undefined;
    const alias = this.#index
      .sql('SELECT owner FROM redirect WHERE source = ?')
      .get(one.query === undefined ? one.from : `${one.from}?${one.query}`) as { owner: string } | undefined;
    if (alias) return (place) => redirectTaken(place, from, `It is also an alias of ${alias.owner}.`);
    if (one.query !== undefined) return undefined;
    for (const address of new Set([one.from, one.from.endsWith('/') ? one.from.slice(0, -1) : `${one.from}/`])) {
      if (address === '') continue;
      const standing = standingOf(this.#index, address);
      if (standing.kind === 'there' || standing.kind === 'waiting')
        return (place) => redirectTaken(place, from, 'There is a page or file at this address.');
      if (standing.kind === 'moved')
        return (place) => redirectTaken(place, from, `It is also an alias of the page at ${standing.to} .`);
    }
    return undefined;
  }

  #folder(one: Redirect, at: number): Found['problem'] | undefined {
    const { from, to } = this.#written[at]!;
    const target = this.#addressOf(one.to);
    if (target !== undefined && foldAddress(target).startsWith(folded(one.from)))
      return (place) => redirectLoop(place, from, [from, to]);
    const page = pageWithin(this.#index, one.from);
    return page === undefined ? undefined : (place) => redirectOverPages(place, from, page);
  }

  /** Where a redirect leads: to nothing, to another old address, or in a circle. */
  #leads(one: Redirect, at: number): Found['problem'] | undefined {
    const { from, to } = this.#written[at]!;
    const passed = [one];
    for (let next = this.#next(one); next; next = this.#next(next)) {
      if (passed.includes(next))
        return next === one
          ? (place) => redirectLoop(place, from, [...passed.map((each) => this.#writtenOf(each).from), from])
          : undefined; // reported where the circle is
      passed.push(next);
    }
    const last = passed.at(-1)!;
    if (passed.length > 1) return (place) => redirectChain(place, from, to, this.#writtenOf(last).to);
    const address = this.#addressOf(one.to);
    if (address === undefined) return undefined;
    if (one.keepsRest && address.endsWith('/'))
      return pageWithin(this.#index, address) === undefined
        ? (place) => redirectTargetMissing(place, from, to)
        : undefined;
    const standing = standingOf(this.#index, address);
    if (standing.kind === 'there') return undefined;
    if (standing.kind === 'moved') return (place) => redirectChain(place, from, to, standing.to);
    const meant = standing.kind === 'nearly' ? standing.address : undefined;
    return (place) => redirectTargetMissing(place, from, to, meant);
  }

  /** The redirect that a browser follows next. */
  #next({ to, keepsRest }: Redirect): Redirect | undefined {
    const address = this.#addressOf(to);
    if (address === undefined || standingOf(this.#index, address).kind === 'there') return undefined;
    const exact = this.#all.find(
      (other) => !other.isFolder && other.query === undefined && bare(other.from) === bare(address) && !keepsRest,
    );
    return exact ?? this.#all.find((other) => other.isFolder && address.startsWith(other.from));
  }

  #writtenOf = (one: Redirect): SiteRedirect => this.#written[this.#all.indexOf(one)]!;

  /** The address on this site that a target names, or undefined if it leads elsewhere. */
  #addressOf = (to: string): string | undefined => targetOf(to, this.#site, undefined)?.address;
}

const keyOf = ({ from, query, isFolder }: Redirect): string => `${isFolder ? `${from}*` : bare(from)}?${query ?? ''}`;
const bare = (path: string): string => path.replace(/(?<=.)\/$/, '');
const folded = (folder: string): string => foldAddress(folder).replace(/index\.html$/, '');
