import { chmodSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openTestDesk, storyText } from './open-desk.fixture.ts';

const path = 'stories/2025/02/harbour/index.md';
const file = `content/${path}`;

test('a story is opened with its text, its values, and what it is', async () => {
  const text = storyText('Harbour reopens', '# a note\nkicker: "Sea"\n');
  const { ask } = await openTestDesk({ [file]: text });
  const { status, json } = await ask('GET', `file?path=${path}`);
  expect(status).toBe(200);
  expect(json).toMatchObject({ path, kind: 'story', text, eol: '\n', values: { headline: 'Harbour reopens' } });
  expect(text.slice(json.bodyStart)).toBe('\nWords.\n');
});

test('a save changes only what was changed, and keeps the permissions of the file', async () => {
  const text = storyText('Harbour reopens', '# a note\nkicker: "Sea"\n');
  const { ask, site } = await openTestDesk({ [file]: text });
  chmodSync(join(site, file), 0o640);
  const { json } = await ask('GET', `file?path=${path}`);
  const change = { edits: [{ path: ['headline'], value: 'Harbour closes' }], body: '\nOther words.\n' };
  const saved = await ask('PUT', 'file', { path, base: json.digest, change });
  const expected = text.replace('reopens', 'closes').replace('Words.', 'Other words.');
  expect(saved).toMatchObject({ status: 200, json: { text: expected } });
  expect(readFileSync(join(site, file), 'utf8')).toBe(expected);
  expect(statSync(join(site, file)).mode & 0o777).toBe(0o640);
  expect((await ask('GET', `file?path=${path}`)).json.digest).toBe(saved.json.digest);
});

test('a file that another program changed is not overwritten', async () => {
  const { ask, put, site } = await openTestDesk({ [file]: storyText('Mine') });
  const { json } = await ask('GET', `file?path=${path}`);
  put(file, storyText('Theirs'));
  const refused = await ask('PUT', 'file', { path, base: json.digest, change: { body: 'x' } });
  expect(refused).toMatchObject({ status: 409, json: { text: storyText('Theirs') } });
  expect(refused.json.error.says).toContain('was changed by another program');
  expect(readFileSync(join(site, file), 'utf8')).toBe(storyText('Theirs'));
});

test('the session names the newsroom', async () => {
  const { ask } = await openTestDesk({ 'content/authors/ann.yaml': 'name: Ann Example\n' });
  const { json } = await ask('GET', 'session');
  expect(json).toMatchObject({
    site: { name: 'The Post', timeZone: 'Europe/Dublin', sections: [{ id: 'world' }, { id: 'local' }] },
    authors: [{ id: 'ann', name: 'Ann Example' }],
    hasDeploy: false,
  });
});
