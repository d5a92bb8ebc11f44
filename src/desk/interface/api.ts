import type {
  ApiFault,
  Calendar,
  Change,
  DeskEvent,
  DeskFile,
  Forms,
  Instant,
  PasteAnswer,
  Pictures,
  PreviewAnswer,
  PublishPlan,
  PublishStep,
  Saved,
  Session,
  Stories,
  StoriesAsked,
  StoryLink,
  Uploaded,
  Version,
} from './contract.ts';
import { words } from './words.ts';

/** The server refused, or did not answer. `says` and `todo` are for people. */
export class ApiError extends Error {
  readonly status: number;
  readonly says: string;
  readonly todo: string | undefined;
  readonly rule: string | undefined;
  /** The whole answer, because some refusals carry what is on the disk. */
  readonly answer: Record<string, unknown>;

  constructor(status: number, fault: ApiFault, answer: Record<string, unknown> = {}) {
    super(fault.says);
    this.status = status;
    this.says = fault.says;
    this.todo = fault.todo;
    this.rule = fault.rule;
    this.answer = answer;
  }
}

let { token, newsroom } = keysIn(document);

/** What identifies this page to the server, and which newsroom it shows. */
function keysIn(page: ParentNode) {
  const meta = (name: string) => page.querySelector(`meta[name="${name}"]`)?.getAttribute('content') ?? '';
  return { token: meta('desk-token'), newsroom: meta('desk-newsroom') };
}

export const newsroomId = (): string => newsroom;

/**
 * A desk that was started again has another token. Its page tells it, so that a tab with unsaved text need not be
 * reloaded.
 *
 * @returns whether there is a new one
 * @throws ApiError if this is the desk of another newsroom now
 */
async function renewToken(): Promise<boolean> {
  const html = await fetch('/desk/').then(
    (response) => (response.ok ? response.text() : ''),
    () => '',
  );
  const now = {
    token: /name="desk-token" content="([^"]+)"/.exec(html)?.[1] ?? '',
    newsroom: /name="desk-newsroom" content="([^"]+)"/.exec(html)?.[1] ?? '',
  };
  if (now.token === '' || now.token === token) return false;
  if (newsroom !== '' && now.newsroom !== newsroom)
    throw new ApiError(403, { says: words.otherNewsroom, todo: words.otherNewsroomTodo });
  ({ token, newsroom } = now);
  return true;
}

type Asked = Record<string, string | number | undefined>;

interface Options {
  asked?: Asked;
  json?: unknown;
  bytes?: Blob;
  signal?: AbortSignal;
}

async function send(method: string, name: string, options: Options = {}, isAgain = false): Promise<Response> {
  const { asked, json, bytes, signal } = options;
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(asked ?? {}))
    if (value !== undefined && value !== '') query.set(key, String(value));
  const headers: Record<string, string> = { 'x-desk-token': token };
  if (json !== undefined) headers['content-type'] = 'application/json';
  if (bytes) headers['content-type'] = bytes.type || 'application/octet-stream';
  let response: Response;
  try {
    response = await fetch(`/desk/api/${name}${query.size > 0 ? `?${query}` : ''}`, {
      method,
      headers,
      body: bytes ?? (json === undefined ? null : JSON.stringify(json)),
      signal: signal ?? null,
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new ApiError(0, { says: words.noServer, todo: words.noServerTodo });
  }
  if (response.ok) return response;
  if (response.status === 403 && !isAgain && (await renewToken())) return send(method, name, options, true);
  const answer = await response.json().catch(() => ({}));
  throw new ApiError(response.status, answer.error ?? { says: words.refused(response.status) }, answer);
}

async function ask<Answer>(method: string, name: string, options?: Options): Promise<Answer> {
  const response = await send(method, name, options);
  return response.status === 204 ? (undefined as Answer) : response.json();
}

/** Every request that the interface sends. */
export const api = {
  session: () => ask<Session>('GET', 'session'),
  forms: () => ask<Forms>('GET', 'forms'),
  stories: (asked: StoriesAsked, signal?: AbortSignal) =>
    ask<Stories>('GET', 'stories', { asked: { ...asked }, ...(signal && { signal }) }),
  calendar: (from: string, to: string) => ask<Calendar>('GET', 'calendar', { asked: { from, to } }),
  file: (path: string) => ask<DeskFile>('GET', 'file', { asked: { path } }),
  /** The files of a kind other than stories, with what each is called. */
  files: (kind: string) => ask<{ files: { path: string; name: string }[] }>('GET', 'files', { asked: { kind } }),
  /** @param isUndecided whether nobody has decided about the autosave that was found, so that it is kept as a version */
  save: (path: string, base: string, change: Change, isUndecided = false) =>
    ask<Saved>('PUT', 'file', { json: { path, base, change, ...(isUndecided && { isUndecided }) } }),
  create: (what: { kind: string; type?: string; headline?: string; name?: string; section?: string }) =>
    ask<{ path: string }>('POST', 'file', { json: what }),
  duplicate: (path: string) => ask<{ path: string }>('POST', 'duplicate', { json: { path } }),
  becomeMdx: (path: string, base: string) => ask<{ path: string }>('POST', 'mdx', { json: { path, base } }),
  remove: (path: string) => ask<void>('DELETE', 'file', { asked: { path } }),
  autosave: (path: string, base: string, change: Change, isUndecided = false) =>
    ask<{ at: Instant }>('PUT', 'autosave', { json: { path, base, change, ...(isUndecided && { isUndecided }) } }),
  discardAutosave: (path: string) => ask<void>('DELETE', 'autosave', { asked: { path } }),
  versions: (path: string) => ask<Version[]>('GET', 'versions', { asked: { path } }),
  version: (id: number) => ask<{ text: string }>('GET', 'version', { asked: { id } }),
  restore: (id: number, base: string) =>
    ask<{ digest: string; text: string }>('POST', 'restore', { json: { id, base } }),
  preview: (path: string, base: string, change: Change, signal?: AbortSignal) =>
    ask<PreviewAnswer>('POST', 'preview', { json: { path, base, change }, ...(signal && { signal }) }),
  pictures: (query: string, offset: number, signal?: AbortSignal) =>
    ask<Pictures>('GET', 'pictures', { asked: { query, offset }, ...(signal && { signal }) }),
  /** A thumbnail as a blob, because an `<img>` cannot send the token. */
  picture: async (path: string, width: number) => (await send('GET', 'picture', { asked: { path, width } })).blob(),
  pictureTexts: (path: string) =>
    ask<{ alt?: string; caption?: string; credit?: string }>('GET', 'picture/texts', { asked: { path } }),
  upload: (story: string, name: string, bytes: Blob) =>
    ask<Uploaded>('POST', 'picture', { asked: { story, name }, bytes }),
  /** @param path the story that gets the pictures */
  paste: (pasted: { html?: string; text?: string }, path: string) =>
    ask<PasteAnswer>('POST', 'paste', { json: { ...pasted, path } }),
  link: (query: string) => ask<{ stories: StoryLink[] }>('POST', 'link', { json: { query } }),
  /** The stories that names stand for. */
  names: (names: string[]) => ask<{ stories: Record<string, StoryLink> }>('POST', 'names', { json: { names } }),
  plan: (path: string | undefined, change?: Change) =>
    ask<PublishPlan>('POST', 'publish/plan', { json: { path, change } }),
  publish: (what: Record<string, unknown>, onStep: (step: PublishStep) => void) =>
    send('POST', 'publish', { json: what }).then((response) => readLines(response, onStep)),
  takeBack: (path: string) => ask<{ digest?: string }>('POST', 'publish/undo', { json: { path } }),
  withdraw: (path: string, reason: string) => ask<{ digest?: string }>('POST', 'withdraw', { json: { path, reason } }),
  events: async (onEvent: (event: DeskEvent) => void, signal: AbortSignal, onOpen: () => void) => {
    const response = await send('GET', 'events', { signal });
    onOpen();
    await readLines(response, onEvent, /^data: ?/);
  },
};

/** Calls back with each line of JSON as it arrives: NDJSON, or the `data:` lines of server-sent events. */
async function readLines<Line>(response: Response, onLine: (line: Line) => void, prefix = /^/): Promise<void> {
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const { value, done } = (await reader?.read()) ?? { value: '', done: true };
    const lines = (rest + (value ?? '') + (done ? '\n' : '')).split(/\r?\n/);
    rest = lines.pop() ?? '';
    for (const line of lines)
      if (prefix.test(line) && line.replace(prefix, '').startsWith('{')) onLine(JSON.parse(line.replace(prefix, '')));
    if (done) return;
  }
}
