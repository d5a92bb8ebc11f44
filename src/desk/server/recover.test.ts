import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import fs, { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openTestDesk, storyText } from './open-desk.fixture.ts';

// What somebody wrote survives whatever happens to the desk, the disk, and the file.

const path = 'stories/2025/02/harbour.md';
const file = `content/${path}`;

/** A desk in its own process, on the newsroom of a test. */
async function startDesk(site: string) {
  const bin = join(import.meta.dirname, '../../cli/bin.mjs');
  const child: ChildProcess = spawn(process.execPath, [bin, 'desk', '--site', site, '--json']);
  onTestFinished(() => void child.kill('SIGKILL'));
  let said = '';
  child.stdout?.on('data', (data) => (said += data));
  child.stderr?.on('data', (data) => (said += data));
  while (!said.includes('"address"')) {
    if (child.exitCode !== null) throw new Error(said);
    await once(child.stdout!, 'data');
  }
  const { address } = JSON.parse(said.split('\n').find((line) => line.startsWith('{'))!) as { address: string };
  const token = /name="desk-token" content="([^"]+)"/.exec(await (await fetch(address)).text())![1]!;
  const ask = async (method: string, resource: string, body?: unknown) => {
    const response = await fetch(`${address}api/${resource}`, {
      method,
      headers: { 'x-desk-token': token, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    // biome-ignore lint/suspicious/noExplicitAny: a test says what it expects of it
    return { status: response.status, json: (await response.json()) as any };
  };
  const kill = async () => {
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  };
  return { ask, kill };
}

test('an autosave survives the end of the desk by kill -9', { timeout: 60_000 }, async () => {
  const { site } = await openTestDesk({ [file]: storyText('Harbour') });
  const first = await startDesk(site);
  const { json: opened } = await first.ask('GET', `file?path=${path}`);
  const change = { edits: [{ path: ['headline'], value: 'Harbour closes' }], body: '\nUnsaved.\n' };
  expect((await first.ask('PUT', 'autosave', { path, base: opened.digest, change })).status).toBe(200);
  await first.kill();
  expect(readFileSync(join(site, file), 'utf8')).toBe(storyText('Harbour'));
  const second = await startDesk(site);
  const { json: again } = await second.ask('GET', `file?path=${path}`);
  expect(again.autosave).toMatchObject({ base: opened.digest, change });
  expect(again.autosave.text).toBe(storyText('Harbour closes', '', 'Unsaved.\n'));
  expect((await second.ask('PUT', 'file', { path, base: again.digest, change })).status).toBe(200);
  await second.kill();
  expect(readFileSync(join(site, file), 'utf8')).toBe(storyText('Harbour closes', '', 'Unsaved.\n'));
});

test('if the desk is killed while it saves, the file has the old text or the new one', {
  timeout: 120_000,
}, async () => {
  const { site } = await openTestDesk({ [file]: storyText('Harbour') });
  for (const waitMs of [0, 5, 20]) {
    const desk = await startDesk(site);
    const texts = ['a', 'b'].map((letter) => storyText('Harbour', '', `${letter.repeat(79)}\n`.repeat(10_000)));
    const saving = (async () => {
      for (let turn = 0; ; turn++) {
        const { json } = await desk.ask('GET', `file?path=${path}`);
        await desk.ask('PUT', 'file', { path, base: json.digest, change: { text: texts[turn % 2] } });
      }
    })().catch(() => {});
    await new Promise((resolve) => setTimeout(resolve, 300 + waitMs));
    await desk.kill();
    await saving;
    expect([...texts, storyText('Harbour')]).toContain(readFileSync(join(site, file), 'utf8'));
  }
});

test('an autosave that was saved just before a crash is not offered again', async () => {
  const { ask, context, put } = await openTestDesk({ [file]: storyText('Harbour') });
  const { json } = await ask('GET', `file?path=${path}`);
  const change = { edits: [{ path: ['headline'], value: 'Harbour closes' }] };
  await ask('PUT', 'autosave', { path, base: json.digest, change });
  put(file, storyText('Harbour closes')); // as a save that was interrupted before it deleted the autosave
  expect((await ask('GET', `file?path=${path}`)).json.autosave).toBeUndefined();
  expect(context.store.autosaved()).toEqual([]);
});

test('if another program changed the file, both texts are there to compare', async () => {
  const { ask, put } = await openTestDesk({ [file]: storyText('Harbour') });
  const { json } = await ask('GET', `file?path=${path}`);
  const change = { edits: [{ path: ['headline'], value: 'Mine' }] };
  await ask('PUT', 'autosave', { path, base: json.digest, change });
  put(file, storyText('Theirs'));
  const again = (await ask('GET', `file?path=${path}`)).json;
  expect([again.text, again.autosave.text]).toEqual([storyText('Theirs'), storyText('Mine')]);
  const refused = await ask('PUT', 'file', { path, base: json.digest, change });
  expect(refused).toMatchObject({ status: 409, json: { text: storyText('Theirs'), mine: storyText('Mine') } });
});

test('a file that was deleted while it was open can be saved again', async () => {
  const { ask, site } = await openTestDesk({ [file]: storyText('Harbour') });
  const { json } = await ask('GET', `file?path=${path}`);
  const change = { body: '\nMine.\n' };
  await ask('PUT', 'autosave', { path, base: json.digest, change });
  rmSync(join(site, file));
  const refused = await ask('PUT', 'file', { path, base: json.digest, change });
  expect(refused).toMatchObject({ status: 409, json: { digest: '', mine: storyText('Harbour', '', 'Mine.\n') } });
  expect(refused.json.error.says).toContain('was deleted');
  expect((await ask('GET', `file?path=${path}`)).json.autosave.text).toBe(refused.json.mine);
  expect((await ask('PUT', 'file', { path, base: '', change: { text: refused.json.mine } })).status).toBe(200);
  expect(readFileSync(join(site, file), 'utf8')).toBe(refused.json.mine);
});

test('two tabs with one story: the second save does not overwrite the first', async () => {
  const { ask, site } = await openTestDesk({ [file]: storyText('Harbour') });
  const { json } = await ask('GET', `file?path=${path}`);
  const save = (value: string) =>
    ask('PUT', 'file', { path, base: json.digest, change: { edits: [{ path: ['headline'], value }] } });
  const both = await Promise.all([save('One'), save('Two')]);
  expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
  const won = both.find(({ status }) => status === 200)!.json.text;
  expect(readFileSync(join(site, file), 'utf8')).toBe(won);
});

test.each([
  ['ENOSPC', 507, 'The disk is full'],
  ['EACCES', 403, 'may not write'],
])('if the disk refuses to write (%s), the file and the autosave stay', async (code, status, says) => {
  const { ask, site, context } = await openTestDesk({ [file]: storyText('Harbour') });
  const { json } = await ask('GET', `file?path=${path}`);
  const change = { body: '\nMine.\n' };
  await ask('PUT', 'autosave', { path, base: json.digest, change });
  const { writeFileSync } = fs;
  fs.writeFileSync = ((to: unknown, ...more: unknown[]) => {
    if (typeof to === 'number') throw Object.assign(new Error(code), { code });
    return (writeFileSync as (...all: unknown[]) => void)(to, ...more);
  }) as typeof fs.writeFileSync;
  syncBuiltinESMExports();
  const refused = await ask('PUT', 'file', { path, base: json.digest, change });
  fs.writeFileSync = writeFileSync;
  syncBuiltinESMExports();
  expect(refused.status).toBe(status);
  expect(refused.json.error.says).toContain(says);
  expect(readFileSync(join(site, file), 'utf8')).toBe(storyText('Harbour'));
  expect(readdirSync(join(site, 'content/stories/2025/02'))).toEqual(['harbour.md']);
  expect(context.store.autosaved()).toEqual([path]);
  expect((await ask('PUT', 'file', { path, base: json.digest, change })).status).toBe(200);
});

test('if the store is full, a save still works and says what is missing, and an autosave says so', async () => {
  const { ask, site, context } = await openTestDesk({ [file]: storyText('Harbour') });
  const full = () => {
    throw Object.assign(new Error('database or disk is full'), { errcode: 13 });
  };
  Object.assign(context.store, { addVersion: full, putAutosave: full });
  const { json } = await ask('GET', `file?path=${path}`);
  const change = { body: '\nMine.\n' };
  const refused = await ask('PUT', 'autosave', { path, base: json.digest, change });
  expect(refused.status).toBe(507);
  expect(refused.json.error.todo).toContain('still in this window');
  const saved = await ask('PUT', 'file', { path, base: json.digest, change });
  expect(saved.status).toBe(200);
  expect(saved.json.notes[0]).toContain('is saved');
  expect(readFileSync(join(site, file), 'utf8')).toBe(storyText('Harbour', '', 'Mine.\n'));
});

test('a version is restored, and what it replaces is a version, too', async () => {
  const { ask, site } = await openTestDesk({ [file]: storyText('One') });
  const { json } = await ask('GET', `file?path=${path}`);
  const edit = { edits: [{ path: ['headline'], value: 'Two words' }] };
  const saved = await ask('PUT', 'file', { path, base: json.digest, change: edit });
  const versions = (await ask('GET', `versions?path=${path}`)).json;
  expect(versions.map(({ why }: { why: string }) => why)).toEqual(['saved', 'found']);
  expect((await ask('GET', `version?id=${versions[1].id}`)).json.text).toBe(storyText('One'));
  const stale = await ask('POST', 'restore', { id: versions[1].id, base: json.digest });
  expect(stale.status).toBe(409);
  const restored = await ask('POST', 'restore', { id: versions[1].id, base: saved.json.digest });
  expect(restored.json).toMatchObject({ text: storyText('One'), digest: json.digest });
  expect(readFileSync(join(site, file), 'utf8')).toBe(storyText('One'));
  expect((await ask('GET', `versions?path=${path}`)).json[0].why).toBe('restored');
  expect((await ask('GET', 'version?id=999')).status).toBe(404);
});

test.each([
  ['a save of something else', 'file'],
  ['an autosave of something else', 'autosave'],
  ['an earlier version that is restored', 'restore'],
])('an autosave about which nobody decided is a version after %s', async (_, by) => {
  const { ask } = await openTestDesk({ [file]: storyText('One') });
  const { json } = await ask('GET', `file?path=${path}`);
  await ask('PUT', 'autosave', { path, base: json.digest, change: { body: '\nRecovered.\n' } });
  const [version] = (await ask('GET', `versions?path=${path}`)).json;
  const change = { edits: [{ path: ['headline'], value: 'Two' }] };
  const { status } =
    by !== 'restore'
      ? await ask('PUT', by, { path, base: json.digest, change, isUndecided: true })
      : await ask('POST', 'restore', { id: version.id, base: json.digest });
  expect(status).toBe(200);
  const versions: { id: number; why: string }[] = (await ask('GET', `versions?path=${path}`)).json;
  const kept = versions.find(({ why }) => why === 'unsaved');
  expect((await ask('GET', `version?id=${kept?.id}`)).json.text).toBe(storyText('One', '', 'Recovered.\n'));
  const { autosave } = (await ask('GET', `file?path=${path}`)).json;
  expect(autosave?.change).toEqual(by === 'autosave' ? change : undefined);
});

test('deleting the store loses no saved story, and the desk starts with a new one', async () => {
  const { site } = await openTestDesk({ [file]: storyText('Harbour') });
  const first = await startDesk(site);
  const { json } = await first.ask('GET', `file?path=${path}`);
  const change = { edits: [{ path: ['headline'], value: 'Saved' }] };
  await first.ask('PUT', 'file', { path, base: json.digest, change });
  await first.kill();
  rmSync(join(site, '.broadsheet-desk'), { recursive: true });
  const second = await startDesk(site);
  expect((await second.ask('GET', `file?path=${path}`)).json.text).toBe(storyText('Saved'));
  expect((await second.ask('GET', `versions?path=${path}`)).json).toEqual([]);
  expect(existsSync(join(site, '.broadsheet-desk/desk.db'))).toBe(true);
});
