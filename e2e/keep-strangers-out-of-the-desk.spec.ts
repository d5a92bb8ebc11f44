import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type DeskPaper, startDesk } from './desk-paper.ts';
import { expect, test } from './test.ts';

// A web page in the user's browser can send requests to this machine. It can neither read nor change the newsroom.

const file = 'content/stories/2025/02/harbour.md';
const secret = 'Zanzibar';
const story = `---\nheadline: ${secret}\npublished: 2025-02-12\n---\n\nText.\n`;

let desk: DeskPaper;
let hostile: Server;
test.beforeAll(async () => {
  desk = await startDesk({
    'content/site.yaml':
      'name: The Example Post\nurl: https://x.example/\nsections:\n  - { id: world, title: World }\n',
    [file]: story,
  });
  hostile = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>Hostile</title><p>Hello');
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => hostile.once('listening', resolve));
});
test.afterAll(async () => {
  hostile?.close();
  await desk?.stop();
});

/** Everything that a page can try. Runs in the page. @returns what it could read */
async function attack({ target, token, path }: { target: string; token: string; path: string }): Promise<string[]> {
  const read: string[] = [];
  const body = JSON.stringify({ path, base: '', change: { text: 'hacked' } });
  const tries: RequestInit[] = [
    {},
    { mode: 'no-cors' },
    { mode: 'same-origin' },
    { credentials: 'include' },
    { headers: { 'x-desk-token': token } },
    { method: 'POST', mode: 'no-cors', body },
    { method: 'POST', body, headers: { 'content-type': 'text/plain' } },
    { method: 'PUT', body, headers: { 'x-desk-token': token, 'content-type': 'application/json' } },
    { method: 'DELETE', headers: { 'x-desk-token': token } },
  ];
  for (const address of ['desk/', 'desk/api/session', `desk/api/file?path=${path}`, 'desk/api/file', 'desk/api/events'])
    for (const init of tries) {
      try {
        const response = await fetch(`${target}${address}`, { ...init, signal: AbortSignal.timeout(5000) });
        read.push(await response.text());
      } catch {
        // What the browser or the server refuses is not read.
      }
    }
  const load = (tag: 'img' | 'script' | 'iframe' | 'link', address: string) =>
    new Promise<void>((resolve) => {
      const element = document.createElement(tag);
      element.onload = element.onerror = () => resolve();
      setTimeout(resolve, 2000);
      if (element instanceof HTMLLinkElement) Object.assign(element, { rel: 'stylesheet', href: target + address });
      else element.src = target + address;
      document.body.append(element);
      if (element instanceof HTMLIFrameElement)
        element.addEventListener('load', () => {
          try {
            read.push(element.contentDocument?.body.textContent ?? '');
          } catch {
            // Another origin.
          }
        });
    });
  await load('script', `desk/api/file?path=${path}`);
  await load('script', 'desk/desk.js');
  await load('link', 'desk/desk.css');
  await load('img', 'desk/icon.svg');
  await load('iframe', 'desk/');
  const form = document.createElement('form');
  Object.assign(form, { action: `${target}desk/api/file`, method: 'post', enctype: 'text/plain', target: 'nowhere' });
  const input = document.createElement('input');
  Object.assign(input, { name: body.slice(0, -1), value: '}' });
  form.append(input);
  const frame = document.createElement('iframe');
  frame.name = 'nowhere';
  document.body.append(frame, form);
  form.submit();
  await new Promise((resolve) => setTimeout(resolve, 500));
  return read;
}

test('a page of another origin reads nothing and changes nothing, even if it knows the token', async ({ page }) => {
  const token = await desk.token();
  const { port } = hostile.address() as AddressInfo;
  for (const origin of [`http://127.0.0.1:${port}`, `http://localhost:${port}`, `http://paper.localhost:${port}`]) {
    await page.goto(`${origin}/`);
    for (const name of ['localhost', '127.0.0.1']) {
      const target = `http://${name}:${desk.port}/`;
      const read = await page.evaluate(attack, { target, token, path: 'stories/2025/02/harbour.md' });
      expect(read.join('\n'), `${origin} → ${target}`).not.toMatch(new RegExp(`${secret}|Example Post|${token}`));
    }
  }
  expect(await desk.read(file)).toBe(story);
  expect(desk.isRunning()).toBe(true);
  // The canary: the desk's own page reads it in the same browser, with the same request.
  await page.goto(desk.address);
  const own = await page.evaluate(
    async ([path, key]) => {
      const response = await fetch(`/desk/api/file?path=${path}`, { headers: { 'x-desk-token': key! } });
      return response.text();
    },
    ['stories/2025/02/harbour.md', token],
  );
  expect(own).toContain(secret);
});

test('a name that another page has pointed at this machine is not answered', async ({ page }) => {
  // Browsers look up every name below .localhost as this machine, as if its owner had pointed it here.
  const response = await page.goto(`http://evil.localhost:${desk.port}/desk/`);
  expect(response?.status()).toBe(403);
  expect(await page.content()).not.toContain(await desk.token());
  const said = await page.evaluate(
    async (token) => {
      const answer = await fetch('/desk/api/session', { headers: { 'x-desk-token': token } });
      return answer.text();
    },
    await desk.token(),
  );
  expect(said).not.toContain('Example Post');
});

test('the page of the desk runs no script and shows no markup that came from elsewhere', async ({ page }) => {
  await page.goto(desk.address);
  const outcome = await page.evaluate(() => {
    const script = document.createElement('script');
    try {
      script.text = 'window.ran = true';
      document.body.append(script);
    } catch {
      // Trusted Types.
    }
    let isMarkup = true;
    try {
      document.body.insertAdjacentHTML('beforeend', '<img src=x onerror="window.ran = true">');
    } catch {
      isMarkup = false;
    }
    return { isMarkup, ran: 'ran' in window };
  });
  expect(outcome).toEqual({ isMarkup: false, ran: false });
});
