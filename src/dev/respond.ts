import { existsSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { basename, join } from 'node:path';
import { borrowedMarker } from '../i18n/mark-borrowed.ts';
import type { IndexHandle } from '../index/handle.ts';
import { type StoryAtWork, storyAtWork } from '../index/hidden.ts';
import { picturesIn } from '../index/picture-rows.ts';
import { makeRenditions } from '../pictures/encode.ts';
import { originalName } from '../pictures/hrefs.ts';
import { pictureId } from '../pictures/picture.ts';
import { renditionKey, renditionNamed } from '../pictures/renditions.ts';
import { problemOfStack, themePageFault } from '../press/thrown-in-theme.ts';
import { wantedPicture } from '../press/wanted-pictures.ts';
import type { Problem } from '../problems/problem.ts';
import { documentFileAt, publicFileAt } from '../queries/files.ts';
import { hasPage } from '../queries/has-page.ts';
import { querySite } from '../queries/queries.ts';
import { queryAddress } from '../queries/query-address.ts';
import { baseOf } from '../site/site.ts';
import { deskLink, deskLinkPath, deskPathOf, respondWithDesk } from './desk-link.ts';
import type { DevIndex } from './dev-index.ts';
import { type Gate, mayAskVite } from './gate.ts';
import { isLoopback, nameInHost } from './hosts.ts';
import { devBar, faultPage, overtakenPage, withBar } from './page.ts';
import { problemsPage } from './problems.ts';
import { type Asked, refuse } from './requests.ts';
import { sendFile } from './send-file.ts';
import type { FollowedTheme } from './theme.ts';
import { warningsFor } from './warnings.ts';

/** What `dev` needs to respond. */
export interface Responder {
  site: string;
  cache: string;
  newsroom: DevIndex;
  theme: FollowedTheme;
  gate: Gate;
  now: () => number;
  isNowGiven: boolean;
  /** Others can open the pages, so only what readers see is shown. */
  isPublic: boolean;
  /** Called with every problem, for the terminal. A bug is passed as a stack trace. */
  tell: (problems: Problem[], fault?: string) => void;
  /** Vite, followed by Astro. */
  next: (request: IncomingMessage, response: ServerResponse) => void;
}

/**
 * Responds to a request: with files of the newsroom and pages of problems directly, and with pages of the site through
 * Astro.
 */
export async function respond(
  index: IndexHandle,
  request: IncomingMessage,
  response: ServerResponse,
  { path }: Asked,
  dev: Responder,
): Promise<void> {
  if (path === deskLinkPath && isHere(request, dev)) {
    const asked = new URL(request.url ?? '/', 'http://localhost').searchParams.get('path') ?? undefined;
    return respondWithDesk(response, { ...dev, path: asked });
  }
  if (!/^\/(?:@|__|node_modules\/)/.test(path) && (await respondAsSite(index, request, response, path, dev))) return;
  if (!mayAskVite(request.url ?? '/', dev.gate))
    return refuse(response, { status: 404, says: 'There is nothing here.' });
  dev.next(request, response);
}

/** Whether the request comes by a name of this machine. The desk answers only those. */
const isHere = (request: IncomingMessage, { isPublic }: Responder): boolean =>
  !isPublic && isLoopback(nameInHost(request.headers.host ?? '') ?? '');

/** @returns false for requests that Astro handles */
async function respondAsSite(
  index: IndexHandle,
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
  dev: Responder,
): Promise<boolean> {
  const { isPublic } = dev;
  const isPage = path.endsWith('/') || request.headers.accept?.includes('text/html') === true;
  const theme = isPage ? dev.theme.state() : '';
  const problems = isPage ? [...(await dev.theme.load(response)), ...(await dev.newsroom.refresh())] : [];
  if (isPage) dev.tell(problems);
  if (problems.some(({ severity }) => severity === 'error')) {
    sendPage(response, problemsPage(problems, isPublic));
    return true;
  }
  const base = baseOf(querySite(index));
  if (base && (path === '/' || path === base)) {
    response.writeHead(302, { location: `${base}/` }).end();
    return true;
  }
  const inside = base && path.startsWith(`${base}/`) ? path.slice(base.length) : path;
  const file = inside.startsWith('/assets/pictures/')
    ? await renditionFile(index, basename(inside), dev)
    : newsroomFile(index, inside, dev);
  if (file) {
    await sendFile(request, response, file, () => refuse(response, { status: 404, says: 'There is nothing here.' }));
    return true;
  }
  if (inside.startsWith('/assets/pictures/')) {
    refuse(response, { status: 404, says: 'No page shows this picture.' });
    return true;
  }
  if (isPage) {
    const mark = await borrowedMarker(querySite(index).language);
    rework(response, (text, status) =>
      finished(
        index,
        mark && status < 500 ? mark(text) : text,
        status,
        inside,
        { problems, theme, isHere: isHere(request, dev) },
        dev,
      ),
    );
  }
  return false;
}

const sendPage = (response: ServerResponse, html: string): void =>
  void response.writeHead(500, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' }).end(html);

/** A page as `dev` shows it: with its bar, or if it could not be rendered, with the reason. */
function finished(
  index: IndexHandle,
  text: string,
  status: number,
  path: string,
  { problems, theme, isHere: hasDesk }: { problems: Problem[]; theme: string; isHere: boolean },
  dev: Responder,
): string {
  const { isPublic, now, isNowGiven } = dev;
  const found = queryAddress(index, path);
  const isList = found !== undefined && found.kind !== 'story' && hasPage(index, found);
  const story = isList ? undefined : storyAtWork(index, path); // it searches all drafts
  const shown = found && hasPage(index, found) ? found : story && { kind: 'story' as const, story: story.id };
  if (status >= 500) {
    const isOvertaken = dev.theme.state() !== theme || failedMeanwhile(text, shown !== undefined);
    return isOvertaken ? overtakenPage() : failed(text, path, story, dev);
  }
  const fault = found?.kind === 'themePage' ? themePageFault(index, found.page, status, text) : undefined;
  if (fault) {
    dev.tell([fault]);
    return problemsPage([fault], dev.isPublic);
  }
  if (isPublic) return text;
  const address = shown ?? { kind: 'notFound' as const };
  const bar = devBar(index, {
    site: querySite(index),
    story: address.kind === 'story' ? story : undefined,
    now: now(),
    isNowGiven,
    warnings: warningsFor(index, address, problems),
    isFront: address.kind === 'home',
  });
  const link = hasDesk && !(path in (index.workPages ?? {})) ? deskLink(deskPathOf(index, address, story?.file)) : '';
  return withBar(text, bar + link);
}

/**
 * Whether a page failed only because the newsroom changed while it was rendered: a file that it needed was saved, or the
 * page itself is gone.
 */
const failedMeanwhile = (stack: string, isStillThere: boolean): boolean =>
  /^SetupError: [^\n]*was (?:saved|removed) while the site was being built/.test(stack) ||
  (!isStillThere && stack.startsWith('LiveEntryNotFoundError'));

/** If a component of the theme threw the error, it is a problem of the newsroom. Any other error is a bug. */
function failed(stack: string, path: string, story: StoryAtWork | undefined, dev: Responder): string {
  const problem = problemOfStack(stack, { address: path, file: story?.file });
  if (problem) dev.tell([problem]);
  else dev.tell([], `${path}: ${stack}`);
  return problem ? problemsPage([problem], dev.isPublic) : faultPage();
}

/** The file of a picture, created now if nobody requested it before, or undefined if no page here shows it. */
async function renditionFile(
  index: IndexHandle,
  name: string,
  { site, cache, isPublic }: Responder,
): Promise<string | undefined> {
  if (!/^[\da-f]{20}-[\w-]+\.\w+$/.test(name)) return undefined;
  const folder = join(cache, 'renditions');
  const file = join(folder, name);
  // If everything may be shown, this check is skipped, because it is slow with many pictures.
  if (!isPublic && existsSync(file)) return file;
  for (const { path, facts } of picturesIn(index)) {
    if (!name.startsWith(renditionKey(facts))) continue;
    if (isPublic && !isPublished(index, name, pictureId(facts))) continue;
    if (name === originalName(facts)) return join(site, path);
    if (existsSync(file)) return file;
    const rendition = renditionNamed(name, facts);
    if (!rendition) continue;
    await makeRenditions([{ file: join(site, path), facts, renditions: [rendition] }], folder);
    return existsSync(file) ? file : undefined;
  }
  return undefined;
}

/** A picture of a draft is hidden like the draft, and originals are not served unless a page links to them. */
function isPublished(index: IndexHandle, name: string, picture: string): boolean {
  const wanted = wantedPicture(index, picture);
  return wanted !== undefined && (name === wanted.original || wanted.renditions.some((made) => made.name === name));
}

/** A file of the newsroom that is served unchanged. A document of a hidden story is served only where the story is shown too. */
function newsroomFile(index: IndexHandle, path: string, { site, isPublic }: Responder): string | undefined {
  const file = publicFileAt(index, path) ?? (isPublic ? undefined : documentFileAt(index, path));
  return file === undefined ? undefined : join(site, file);
}

/**
 * Holds a page back until it is complete, and changes it. Its Content Security Policy is removed, because Vite adds
 * styles and its reload script as inline elements, which the policy of a published page forbids.
 */
function rework(response: ServerResponse, change: (text: string, status: number) => string): void {
  const chunks: Buffer[] = [];
  const { end } = response;
  const keep = (chunk: unknown) => {
    if (typeof chunk === 'string' || chunk instanceof Uint8Array) chunks.push(Buffer.from(chunk as string));
  };
  response.write = ((chunk: unknown, ...more: unknown[]) => {
    keep(chunk);
    const done = more.find((item) => typeof item === 'function') as (() => void) | undefined;
    done?.();
    return true;
  }) as typeof response.write;
  response.end = ((chunk?: unknown) => {
    keep(chunk);
    const body = Buffer.concat(chunks);
    const isHtml = String(response.getHeader('content-type') ?? '').startsWith('text/html');
    const isFailed = response.statusCode >= 500;
    if (!isHtml && !isFailed) return end.call(response, body, 'utf8');
    const text = change(body.toString('utf8'), response.statusCode);
    const sent = Buffer.from(text.replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/i, ''));
    if (!response.headersSent) {
      if (isFailed) response.setHeader('content-type', 'text/html; charset=utf-8');
      if (response.hasHeader('content-length')) response.setHeader('content-length', sent.length);
      response.setHeader('cache-control', 'no-store');
    }
    return end.call(response, sent, 'utf8');
  }) as typeof response.end;
}
