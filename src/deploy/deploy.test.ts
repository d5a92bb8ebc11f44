import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Problem, SetupError } from '../problems/problem.ts';
import { isManifestFile } from '../site/manifest.ts';
import type { DeployOptions } from './deploy.ts';
import { cut, memoryTarget } from './memory-target.fixture.ts';
import { contentsIn, filesIn, newsSite, type SmallSite, smallSite } from './small-site.fixture.ts';
import type { Holder } from './target.ts';

/* A deploy to a target in memory: what is sent, in which order, and what happens when something goes wrong. */

let site: SmallSite;
beforeEach(() => {
  site = smallSite();
  site.build(newsSite('one', { ferry: 'The first ferry', vote: 'The vote' }));
});
afterEach(() => site.remove());

const edited = () => newsSite('two', { ferry: 'The second ferry', vote: 'The vote', bridge: 'The bridge' });

/** The problem that a deploy ends with. */
const refusal = async (work: Promise<unknown>): Promise<Problem> => {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown as SetupError,
  );
  if (!error?.problems?.[0]) throw error ?? new Error('it was not refused');
  return error.problems[0];
};

test('the first deploy sends everything, the second nothing, and an edit only what differs', async () => {
  const target = memoryTarget();
  const first = await site.deploy(target);
  expect(target.files()).toEqual(site.files());
  expect(first.sent).toEqual([...site.files().keys()].sort());
  const second = await site.deploy(target);
  expect([second.sent, second.deleted, second.unchanged]).toEqual([[], [], site.files().size]);
  const before = site.files();
  site.build(edited());
  const third = await site.deploy(target);
  const differ = [...site.files()].filter(([path, text]) => before.get(path) !== text).map(([path]) => path);
  expect(third.sent).toEqual(differ);
  expect(third.deleted).toEqual([...before.keys()].filter((path) => !site.files().has(path)));
  expect(third.bytes).toBe(differ.reduce((sum, path) => sum + (site.files().get(path)?.length ?? 0), 0));
  expect(target.files()).toEqual(site.files());
  expect(third.purge).toContain('/2025/02/bridge/');
  expect(third.purge).toContain('/feed.xml');
});

test('the order is assets, stories, fronts and feeds, deletions, and the manifest last', async () => {
  const target = memoryTarget({ parallel: 1 });
  await site.deploy(target);
  target.log.length = 0;
  site.build(edited());
  await site.deploy(target);
  const kinds = target.log.map((line) => {
    const path = line.slice(2);
    if (isManifestFile(path)) return 'manifest';
    if (line.startsWith('-')) return 'deletion';
    if (path.startsWith('assets/')) return 'asset';
    if (/^2025\/02\/[a-z]+\//.test(path)) return path.includes('bridge') ? 'new story' : 'changed story';
    return path === 'index.html' ? 'front page' : path.endsWith('.html') ? 'front' : 'feed';
  });
  const order = ['asset', 'new story', 'changed story', 'front', 'feed', 'front page', 'deletion', 'manifest'];
  expect(kinds.filter((kind, at) => kinds[at - 1] !== kind)).toEqual(order);
  expect(target.log.at(-1)).toBe('+ .well-known/broadsheet.json');
});

test('a site of which a part was deleted is refused, because its readers would lose the rest', async () => {
  const target = memoryTarget();
  await site.deploy(target);
  const before = target.files();
  for (const path of ['index.html', '2025/02/ferry/index.html']) rmSync(join(site.folder, 'dist', path));
  const problem = await refusal(site.deploy(target));
  expect(problem.rule).toBe('deploy-nothing-built');
  expect(problem.message).toContain(
    '2 files that the last build wrote are missing (2025/02/ferry/index.html, index.html)',
  );
  expect(target.files()).toEqual(before);
  expect((await site.deploy(target, { isForced: true })).deleted).toContain('index.html');
});

test('a dry run changes nothing and says what would happen', async () => {
  const target = memoryTarget();
  const report = await site.deploy(target, { isDry: true });
  expect(report.sent).toEqual([...site.files().keys()].sort());
  expect(report.plan.steps.map(({ phase }) => phase)).toContain('fronts and feeds');
  expect(target.files().size).toBe(0);
  expect(existsSync(join(site.folder, 'state'))).toBe(false);
});

test('every third request fails: it is tried again, and nothing is missing', async () => {
  let requests = 0;
  const target = memoryTarget({
    before(operation) {
      if (operation !== 'contents' && ++requests % 3 === 0) throw Object.assign(new Error('HTTP 503'), { status: 503 });
    },
  });
  await site.deploy(target);
  expect(target.files()).toEqual(site.files());
});

test('a target that fails for good ends the deploy, and the number of attempts is bounded', async () => {
  let puts = 0;
  const target = memoryTarget({
    before(operation, path) {
      if (operation === 'put' && path.startsWith('assets/')) {
        puts++;
        throw cut();
      }
    },
  });
  const problem = await refusal(site.deploy(target));
  expect(problem.rule).toBe('deploy-failed');
  expect(problem.message).toContain('the connection was cut');
  expect(puts).toBeLessThanOrEqual(4 * 4);
  expect([...target.files().keys()].some((path) => path.endsWith('.html'))).toBe(false);
});

test('a full disk is reported with the file, and nothing that refers to it was sent', async () => {
  const target = memoryTarget({
    before(operation, path) {
      if (operation === 'put' && path.includes('ferry'))
        throw Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC', dest: `/srv/www/${path}` });
    },
  });
  await expect(site.deploy(target)).rejects.toMatchObject({ code: 'ENOSPC', dest: expect.stringContaining('ferry') });
  expect(target.files().has('index.html')).toBe(false);
});

test('what cannot pass is not tried again', async () => {
  let puts = 0;
  const target = memoryTarget({
    parallel: 1,
    before(operation) {
      if (operation !== 'put') return;
      puts++;
      throw Object.assign(new Error('HTTP 403: access denied'), { status: 403 });
    },
  });
  expect((await refusal(site.deploy(target))).message).toContain('access denied');
  expect(puts).toBe(1);
});

test('the answer to a put gets lost: the file is sent again and is ours', async () => {
  let isLost = false;
  const target = memoryTarget({
    after(operation, path) {
      if (operation !== 'put' || path !== 'world/index.html' || isLost) return;
      isLost = true;
      throw cut();
    },
  });
  await site.deploy(target);
  expect((await site.deploy(target)).sent).toEqual([]);
});

test('files that somebody else changed are kept and named, and --force replaces them', async () => {
  const target = memoryTarget();
  await site.deploy(target);
  target.change('_redirects', 'somebody else');
  target.change('2025/02/ferry/index.html', 'somebody else');
  site.build(edited());
  const report = await site.deploy(target);
  expect(report.kept).toEqual(['2025/02/ferry/index.html', '_redirects']);
  expect(report.problems.map(({ rule, severity }) => `${severity} ${rule}`).sort()).toEqual([
    'error deploy-kept',
    'warning deploy-kept',
  ]);
  expect(report.problems[0]?.message).toContain('2025/02/ferry/index.html');
  const expected = new Map(site.files());
  for (const path of report.kept) expected.set(path, 'somebody else');
  expect(target.files()).toEqual(expected);
  expect((await site.deploy(target)).kept).toEqual(report.kept); // and again
  const forced = await site.deploy(target, { isForced: true });
  expect(forced.sent).toEqual(report.kept);
  expect(target.files()).toEqual(site.files());
});

test('a file that the site no longer has, but somebody else changed, is kept, too', async () => {
  const target = memoryTarget();
  await site.deploy(target);
  target.change('2025/02/vote/index.html', 'somebody else');
  site.build(newsSite('two', { ferry: 'The first ferry' }));
  const report = await site.deploy(target);
  expect(report.problems.map(({ rule, severity }) => `${severity} ${rule}`)).toEqual(['error deploy-kept']);
  expect(target.files().get('2025/02/vote/index.html')).toBe('somebody else');
  await site.deploy(target, { isForced: true });
  expect(target.files()).toEqual(site.files());
});

test('files that somebody else added are kept and named; hidden ones are never touched', async () => {
  const target = memoryTarget();
  await site.deploy(target);
  target.change('shop/index.html', 'their shop');
  target.change('.htpasswd', 'their users');
  const report = await site.deploy(target);
  expect(report.problems.map(({ rule }) => rule)).toEqual(['deploy-added']);
  expect(report.kept).toEqual(['shop/index.html']);
  await site.deploy(target, { isForced: true });
  expect([...target.files().keys()].filter((path) => !site.files().has(path))).toEqual(['.htpasswd']);
});

test('a place that already has another site is not deleted, not even with --force', async () => {
  const target = memoryTarget();
  target.change('index.html', 'another site');
  target.change('shop/index.html', 'their shop');
  const report = await site.deploy(target);
  expect(target.files().get('index.html')).toBe('another site');
  expect(report.kept).toEqual(['index.html', 'shop/index.html']);
  await site.deploy(target, { isForced: true });
  expect(target.files().get('index.html')).toBe(site.files().get('index.html'));
});

test('nothing is put below a file of somebody else, or in place of their folder', async () => {
  const target = memoryTarget();
  target.change('world', 'a file');
  target.change('404.html/their.txt', 'in a folder');
  const report = await site.deploy(target);
  expect(report.problems.map(({ severity }) => severity)).toContain('error');
  expect([...target.files().keys()].filter((path) => /^(?:world|404)/.test(path))).toEqual([
    'world',
    '404.html/their.txt',
  ]);
});

test('another machine without any knowledge believes the manifest, and continues', async () => {
  const stored = new Map();
  await site.deploy(memoryTarget({}, stored));
  site.build(edited());
  const other = memoryTarget({}, stored);
  const report = await site.deploy(other, { stateFolder: join(site.folder, 'other-state') });
  expect(report.problems).toEqual([]);
  expect(report.sent.length).toBeLessThan(site.files().size);
  expect(other.files()).toEqual(site.files());
});

test('the first machine sees what the other one sent, and calls nobody somebody else', async () => {
  const stored = new Map();
  await site.deploy(memoryTarget({}, stored));
  site.build(edited());
  await site.deploy(memoryTarget({}, stored), { stateFolder: join(site.folder, 'other-state') });
  site.build(newsSite('three', { ferry: 'The third ferry' }));
  const target = memoryTarget({}, stored);
  const report = await site.deploy(target);
  expect([report.problems, report.kept]).toEqual([[], []]);
  expect(target.files()).toEqual(site.files());
});

test('a damaged manifest or a damaged state is no danger', async () => {
  const stored = new Map();
  const target = memoryTarget({}, stored);
  await site.deploy(target);
  target.change('.well-known/broadsheet.json', '{');
  site.build(edited());
  await site.deploy(target);
  expect(target.files()).toEqual(site.files());
});

test('--delete-max refuses before anything is sent', async () => {
  const target = memoryTarget();
  await site.deploy(target);
  const before = target.files();
  site.build(newsSite('two', { bridge: 'The bridge' }));
  const problem = await refusal(site.deploy(target, { deleteMax: 2 }));
  expect(problem.rule).toBe('deploy-too-many-deletions');
  expect(problem.message).toContain('2025/02/ferry/index.html');
  expect(target.files()).toEqual(before);
  await site.deploy(target, { deleteMax: 10 });
  expect(target.files()).toEqual(site.files());
});

test('names that the target cannot have are refused before anything is sent', async () => {
  const target = memoryTarget({ whyNot: (path) => (path.includes('ferry') ? 'no boats' : undefined) });
  const problem = await refusal(site.deploy(target));
  expect([problem.rule, problem.message]).toEqual([
    'deploy-name-refused',
    'memory cannot store 2025/02/ferry/index.html: no boats. Nothing was sent.',
  ]);
  expect(target.files().size).toBe(0);
  site.build({ 'index.html': 'a', 'A/index.html': 'b', 'a/index.html': 'c' });
  expect((await refusal(site.deploy(memoryTarget({ foldsCase: true })))).rule).toBe('deploy-name-refused');
  await site.deploy(memoryTarget());
});

test('an empty or missing site is never sent', async () => {
  const target = memoryTarget();
  await site.deploy(target);
  const problem = await refusal(site.deploy(target, { contents: async () => new Map() }));
  expect(problem.rule).toBe('deploy-nothing-built');
  expect(target.files()).toEqual(site.files());
});

test('a build changes a file while it is sent: the plan is made again, and the target is right', async () => {
  let isChanged = false;
  const target = memoryTarget({
    parallel: 1,
    before(operation, path) {
      if (operation !== 'put' || !path.startsWith('assets/') || isChanged) return;
      isChanged = true;
      site.build(edited());
    },
  });
  const said: string[] = [];
  await site.deploy(target, { onSay: (sentence) => said.push(sentence) });
  expect(said.join()).toContain('changed while it was sent');
  expect(target.files()).toEqual(site.files());
});

test('a file that changes all the time ends the deploy', async () => {
  const problem = await refusal(
    site.deploy(memoryTarget(), {
      contents: async () => {
        const contents = contentsIn(site.dist);
        writeFileSync(join(site.dist, 'about/index.html'), `${Math.random()}`);
        return contents;
      },
    }),
  );
  expect([problem.rule, problem.file]).toEqual(['deploy-changed-meanwhile', 'about/index.html']);
});

test('a file becomes a folder, and a folder a file', async () => {
  const target = memoryTarget();
  site.build({ 'index.html': 'a', notes: 'a file', 'old/index.html': 'a page' });
  await site.deploy(target);
  site.build({ 'index.html': 'b', 'notes/index.html': 'a page', old: 'a file' });
  await site.deploy(target);
  expect(target.files()).toEqual(site.files());
  expect(target.log.indexOf('- notes')).toBeLessThan(target.log.indexOf('+ notes/index.html'));
  expect(target.log.indexOf('- old/index.html')).toBeLessThan(target.log.indexOf('+ old'));
});

test('what a target cannot promise is said', async () => {
  const target = memoryTarget();
  const lock = async (holder: Holder) => ({ ...(await target.lock(holder)), doubt: 'Start one at a time.' });
  const said: string[] = [];
  await site.deploy({ ...target, lock }, { onSay: (sentence) => said.push(sentence) });
  expect(said).toEqual(['Start one at a time.']);
});

describe('compressed forms', () => {
  const settings = { kind: 'folder', path: '', precompressed: true } as const;
  const page = (words: string) => `<p>${words}</p>`.repeat(40);
  const go = async (options: Partial<DeployOptions> = {}) =>
    await site.deploy(undefined, { settings: { ...settings, path: join(site.folder, 'www') }, ...options });
  /** Every form has the bytes of its file. @returns the forms */
  const checkedForms = () => {
    const files = filesIn(join(site.folder, 'www'));
    const found = [...files.keys()].filter((path) => /\.(?:br|gz)$/.test(path));
    for (const path of found) {
      const bytes = Buffer.from(files.get(path) ?? '', 'latin1');
      const text = (path.endsWith('.br') ? brotliDecompressSync(bytes) : gunzipSync(bytes)).toString('latin1');
      expect(text, path).toBe(files.get(path.slice(0, -3)));
    }
    return found;
  };

  test('are beside their files, count with them, and a second deploy sends nothing', async () => {
    site.build({ 'index.html': page('one'), 'a/index.html': page('two'), 'assets/pictures/x.jpg': page('not') });
    const report = await go();
    expect(report.sent).toEqual([...site.files().keys()].sort());
    expect(checkedForms()).toEqual(
      expect.arrayContaining(['a/index.html.br', 'a/index.html.gz', 'index.html.br', 'index.html.gz']),
    );
    expect(checkedForms().filter((path) => path.startsWith('assets/'))).toEqual([]);
    const again = await go();
    expect([again.sent, again.unchanged]).toEqual([[], site.files().size]);
  });

  test('are replaced and deleted with their files, and are never in the addresses of a purge', async () => {
    site.build({ 'index.html': page('one'), 'a/index.html': page('two') });
    await go();
    site.build({ 'index.html': page('three') });
    const report = await go();
    expect(checkedForms().filter((path) => path.startsWith('a/'))).toEqual([]);
    expect([
      report.sent.filter((path) => path.endsWith('.br')),
      report.deleted.filter((path) => path.startsWith('a/')),
    ]).toEqual([[], ['a/index.html']]);
    expect(report.purge.join()).not.toMatch(/\.(?:br|gz)\b/);
  });

  test('of another machine are replaced, because readers would get old pages', async () => {
    site.build({ 'index.html': page('one') });
    await go({ stateFolder: join(site.folder, 'other') });
    site.build({ 'index.html': page('two') });
    const report = await go();
    checkedForms();
    expect(report.problems).toEqual([]);
  });

  test('are deleted when a target no longer has them', async () => {
    site.build({ 'index.html': page('one') });
    await go();
    const report = await go({ settings: { kind: 'folder', path: join(site.folder, 'www'), precompressed: false } });
    expect([checkedForms(), report.deleted]).toEqual([[], []]);
  });

  test('are made again in a rollback, and its manifest does not name them', async () => {
    site.build({ 'index.html': page('one'), 'a/index.html': page('two'), 'b/index.html': page('same') });
    await go();
    const before = filesIn(join(site.folder, 'www'));
    site.build({ 'index.html': page('three'), 'b/index.html': page('same') });
    await go();
    rmSync(join(site.folder, 'state/compressed'), { recursive: true });
    await go({ rollback: 1 });
    expect(checkedForms()).toContain('a/index.html.br');
    expect(filesIn(join(site.folder, 'www'))).toEqual(before);
  });
});
