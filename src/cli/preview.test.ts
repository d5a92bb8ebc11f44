import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { siteYaml, smallNewsroom, story } from '../press/small-newsroom.fixture.ts';
import { start } from './command-line.fixture.ts';

const file = 'content/stories/2025/02/harbour/index.md';

/** Starts a command that serves. @returns the address that it names, without the slash at the end */
async function serving(argv: string[], cache: string): Promise<string> {
  // In a test, Astro takes its own server for one of the tests and answers nothing.
  const notInTest = { VITEST: undefined, NODE_ENV: undefined };
  const { child, ended } = start([...argv, '--port', String(43_000 + (process.pid % 2000))], cache, notInTest);
  let said = '';
  const address = new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (data) => {
      said += data;
      const found = /https?:\/\/[^\s]+/.exec(said)?.[0];
      if (found) resolve(found.replace(/\/$/, ''));
    });
    void ended.then(({ stderr }) => reject(new Error(`it ended: ${said}${stderr}`)));
  });
  onTestFinished(async () => {
    child.kill('SIGTERM');
    await ended;
  });
  return await address;
}

const get = async (url: string) => {
  const response = await fetch(url, { redirect: 'manual' });
  return { status: response.status, text: await response.text(), to: response.headers.get('location') };
};

test('preview shows what was built, under the path of the url, as a plain host would', {
  timeout: 120_000,
}, async () => {
  const newsroom = smallNewsroom({
    [file]: story(),
    'content/site.yaml': siteYaml.replace('post.example', 'x.example/paper/'),
  });
  onTestFinished(() => rmSync(newsroom.site, { recursive: true, force: true }));
  await newsroom.press();
  const address = await serving(['preview', '--site', newsroom.site], join(newsroom.site, '.broadsheet'));
  expect(address).toMatch(/\/paper$/);
  expect((await get(`${address}/`)).text).toContain('Harbour reopens after storm');
  expect(await get(`${address}/2025/02/harbour`)).toMatchObject({ status: 301, to: '/paper/2025/02/harbour/' });
  expect(await get(`${address}/nowhere/`)).toMatchObject({ status: 404, text: newsroom.dist().get('404.html') });
  expect((await get(address.replace('/paper', '/2025/02/harbour/'))).status).toBe(404);
});
