import { get } from 'node:http';
import { startDesk } from './desk-paper.ts';
import { type DevPaper, startDev } from './dev-paper.ts';
import { expect, test } from './test.ts';

// Every page of `dev` has a link to the desk. If the desk does not run, the link says how to start it.

const story = (headline: string, more = '') =>
  `---\nheadline: ${headline}\nsection: world\npublished: 2025-02-12T09:00\nbyline: [ann]\n${more}---\n\nThe words of ${headline}.\n`;
const files = {
  'content/site.yaml':
    'name: The Example Post\nurl: https://x.example/paper/\ntimeZone: Europe/Dublin\nsections:\n  - { id: world, title: World }\n',
  'content/authors/ann.yaml': 'name: Ann Example\n',
  'content/pages/about.md': '---\nheadline: About us\n---\n\nWe report.\n',
  'content/stories/2025/02/harbour.md': story('Harbour'),
  'content/stories/2025/02/sketch/index.md': story('Sketch', 'draft: true\n'),
};
/** The page, and the file that the desk opens for it. */
const opens = {
  '': 'fronts/home.yaml',
  'world/': 'fronts/world.yaml',
  '2025/02/harbour/': 'stories/2025/02/harbour.md',
  '2025/02/sketch/': 'stories/2025/02/sketch/index.md',
  'about/': 'pages/about.md',
  'authors/ann/': 'authors/ann.yaml',
};

/** Asks by another name than localhost, as another computer does. */
const asked = (port: number, path: string, name: string): Promise<{ status?: number; text: string }> =>
  new Promise((resolve, reject) => {
    const headers = { host: `${name}:${port}`, accept: 'text/html' };
    get({ port, path, host: '127.0.0.1', headers }, async (response) => {
      let text = '';
      for await (const chunk of response) text += chunk;
      resolve({ ...(response.statusCode && { status: response.statusCode }), text });
    }).on('error', reject);
  });

let dev: DevPaper;
test.beforeAll(async () => {
  dev = await startDev(files);
});
test.afterAll(() => dev?.stop());

test('without a desk, the link says which command starts it', async ({ page }) => {
  await page.goto(`${dev.paper}/2025/02/harbour/`);
  await page.getByRole('link', { name: 'Edit at the desk' }).click();
  await expect(page.getByRole('heading', { name: 'The desk is not running' })).toBeVisible();
  await expect(page.locator('code')).toContainText('broadsheet desk --site ');
  await expect(page.locator('code')).toContainText(dev.home);
});

test('with a desk, each page leads to its own file there, and a desk that was killed is noticed', async ({ page }) => {
  const desk = await startDesk({}, { home: dev.home });
  try {
    for (const [address, path] of Object.entries(opens)) {
      await page.goto(`${dev.paper}/${address}`);
      await page.getByRole('link', { name: 'Edit at the desk' }).click();
      await expect(page).toHaveURL(`${desk.address}edit?path=${encodeURIComponent(path)}`);
      await expect(page.getByRole('button', { name: 'Publish' })).toBeVisible({ timeout: 60_000 });
    }
    // A second desk takes over, and gives back when it ends.
    const second = await startDesk({}, { home: dev.home });
    await page.goto(`${dev.paper}/about/`);
    await page.getByRole('link', { name: 'Edit at the desk' }).click();
    await expect(page).toHaveURL(`${second.address}edit?path=${encodeURIComponent('pages/about.md')}`);
    await second.stop();
    await page.goto(`${dev.paper}/about/`);
    await page.getByRole('link', { name: 'Edit at the desk' }).click();
    await expect(page).toHaveURL(`${desk.address}edit?path=${encodeURIComponent('pages/about.md')}`);
    await desk.kill();
    await page.goto(`http://localhost:${dev.port}/@desk?path=pages/about.md`);
    await expect(page.getByRole('heading', { name: 'The desk is not running' })).toBeVisible();
  } finally {
    await desk.stop();
  }
});

test('other computers see no link, and get nothing at its address', async () => {
  const open = await startDev(files, ['--allow-host', 'desk.example', '--drafts']);
  try {
    const there = await asked(open.port, '/paper/', 'desk.example');
    expect(there).toMatchObject({ status: 200, text: expect.stringContaining('Harbour') });
    expect(there.text).not.toContain('broadsheet-desk');
    expect((await asked(open.port, '/@desk', 'desk.example')).status).toBe(404);
    expect((await asked(open.port, '/paper/', 'localhost')).text).toContain('broadsheet-desk');
  } finally {
    await open.stop();
  }
});
