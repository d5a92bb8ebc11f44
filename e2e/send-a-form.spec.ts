import { rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { type SmallNewsroom, siteYaml, smallNewsroom, story } from '../src/press/small-newsroom.fixture.ts';
import { openFirefox } from './firefox.ts';
import { serve } from './serve.ts';
import { expect, test } from './test.ts';
import { need } from './tools.ts';

// A newsletter service receives the form, redirects the reader to its own second host, and that host redirects to
// /thanks/ of the paper. Browsers check each of these steps against form-action, so every host on the way must be
// allowed.

test.describe.configure({ mode: 'default', timeout: 240_000 });

const servers: Server[] = [];
let allowed: { newsroom: SmallNewsroom; origin: string };
let forgotten: { newsroom: SmallNewsroom; origin: string };
/** What was sent to the service, as `Host: body`. */
let received: string[] = [];

/** A host that redirects readers with 303, as is usual after a form. */
async function sender(name: string, to: () => string): Promise<number> {
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += chunk));
    request.on('end', () => {
      received.push(`${name}: ${request.method} ${body}`);
      response.writeHead(303, { location: to() }).end();
    });
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

/** A newsroom with a newsletter whose service needs a third host. */
async function paperWith(allow: (thirdHost: string) => string) {
  const newsroom = smallNewsroom({
    'content/stories/2025/02/harbour/index.md': story(),
    'content/pages/thanks.md': '---\nheadline: Thank you\n---\n\nYou are on the list.\n',
  });
  const dist = join(newsroom.site, 'dist');
  await newsroom.press(); // the folder to serve, and with it the port that site.yaml names
  const { origin, server } = await serve(dist);
  servers.push(server);
  const third = await sender('third', () => `${origin}/thanks/`);
  const service = await sender('service', () => `http://localhost:${third}/done`);
  newsroom.put(
    'content/site.yaml',
    `${siteYaml.replace('https://post.example', origin)}newsletter:
  title: The Friday letter
  text: Every Friday.
  button: Send it to me
  action: http://localhost:${service}/join
${allow(`http://localhost:${third}`)}`,
  );
  await newsroom.press();
  return { newsroom, origin };
}

test.beforeAll(async () => {
  allowed = await paperWith((host) => `allow: { form: ["${host}"] }\n`);
  forgotten = await paperWith(() => '');
});

test.afterAll(() => {
  for (const server of servers) {
    server.close();
    server.closeAllConnections();
  }
  for (const paper of [allowed, forgotten]) if (paper) rmSync(paper.newsroom.site, { recursive: true, force: true });
});

test.beforeEach(() => {
  received = [];
});

test('Chromium follows a form to the service, to its second host, and back to /thanks/', async ({ page }) => {
  await page.goto(`${allowed.origin}/`);
  await page.getByLabel(/e-?mail/i).fill('reader@example.org');
  await page.getByRole('button', { name: 'Send it to me' }).click();
  await page.waitForURL(`${allowed.origin}/thanks/`);
  await expect(page.locator('h1')).toHaveText('Thank you');
  expect(received).toEqual(['service: POST email=reader%40example.org', 'third: GET ']);
});

test('canary: without the host in  allow.form  Chromium stops on the way', async ({ page }) => {
  const refused: string[] = [];
  page.on('console', (message) => {
    if (/form-action/.test(message.text())) refused.push(message.text());
  });
  await page.goto(`${forgotten.origin}/`);
  await page.getByLabel(/e-?mail/i).fill('reader@example.org');
  await page.getByRole('button', { name: 'Send it to me' }).click();
  await expect.poll(() => refused.length).toBeGreaterThan(0);
  expect(received).toEqual(['service: POST email=reader%40example.org']);
  expect(page.url()).toBe(`${forgotten.origin}/`);
});

test('Firefox follows it too', async () => {
  need('firefox-esr');
  const firefox = await openFirefox();
  try {
    await firefox.open(`${allowed.origin}/`);
    await firefox.evaluate(
      `document.querySelector('input[type=email]').value = 'reader@example.org'; document.querySelector('input[type=email]').form.requestSubmit()`,
    );
    await expect
      .poll(() => firefox.evaluate('location.href').catch(() => ''), { timeout: 60_000 })
      .toBe(`${allowed.origin}/thanks/`);
    expect(await firefox.evaluate('document.querySelector("h1").textContent')).toMatch(/Thank you/);
    expect(received).toEqual(['service: POST email=reader%40example.org', 'third: GET ']);
  } finally {
    await firefox.close();
  }
});
