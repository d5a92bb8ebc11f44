import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { sharedCache } from '../../press/small-newsroom.fixture.ts';
import { openDesk } from './open-desk.ts';
import { serveDesk } from './serve.ts';

/** A desk over real HTTP, on a newsroom that exists only for one test. */
export async function openTestDesk(files: Record<string, string | Uint8Array> = {}, now?: () => number) {
  const site = mkdtempSync(join(tmpdir(), 'desk-'));
  const put = (file: string, content: string | Uint8Array) => {
    mkdirSync(dirname(join(site, file)), { recursive: true });
    writeFileSync(join(site, file), content);
  };
  const all: Record<string, string | Uint8Array> = { 'content/site.yaml': siteYaml, ...files };
  for (const [file, content] of Object.entries(all)) put(file, content);
  // The templates are the same for all tests, and take seconds to build.
  const cache = join(site, '.broadsheet');
  mkdirSync(cache);
  for (const part of ['bundle', 'fonts']) {
    mkdirSync(join(sharedCache, part), { recursive: true });
    symlinkSync(join(sharedCache, part), join(cache, part));
  }
  const bugs: string[] = [];
  const { context, close } = openDesk(site, cache, { now, tell: (stack) => bugs.push(stack) });
  const desk = await serveDesk(context, 0);
  onTestFinished(async () => {
    await desk.close();
    close();
    rmSync(site, { recursive: true, force: true });
    if (bugs.length > 0) throw new Error(`A request ended in a bug:\n${bugs.join('\n')}`);
  });
  const own = { 'x-desk-token': context.token };
  /** Asks the API, as a page of the desk does. */
  const ask = async (method: string, resource: string, body?: unknown, headers: Record<string, string> = {}) => {
    const response = await fetch(`http://localhost:${desk.port}/desk/api/${resource}`, {
      method,
      headers: {
        ...own,
        ...(body === undefined || body instanceof Uint8Array ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: body instanceof Uint8Array ? (body as BodyInit) : JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, json: JSON.parse(text) as never as Answered };
  };
  return { site, put, context, desk, ask };
}

/** What a test reads of an answer. */
// biome-ignore lint/suspicious/noExplicitAny: a test says what it expects of it
type Answered = any;

export const siteYaml =
  'name: The Post\nurl: https://post.example\nlanguage: en\ntimeZone: Europe/Dublin\nsections:\n  - { id: world, title: World }\n  - { id: local, title: Local }\n';

/** A story with a text. */
export const storyText = (headline: string, more = '', body = 'Words.\n') =>
  `---\nheadline: ${headline}\nsection: world\npublished: 2025-02-12\n${more}---\n\n${body}`;
