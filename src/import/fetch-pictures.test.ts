import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { hostileServer, photo, quick, redirect, send } from './fetch/hostile-server.fixture.ts';
import type { ImportOptions } from './import.ts';
import { summaryOf } from './receipt.ts';
import { contractProblems, smallArchive } from './small-archive.fixture.ts';

async function archive() {
  const server = await hostileServer({
    '/img/one.jpg': send(await photo(1)),
    '/img/two.jpg': send(await photo(2)),
    '/lead.jpg': redirect('/img/one.jpg'),
    '/img/page.jpg': send('<!doctype html><p>Gone</p>', { 'Content-Type': 'image/jpeg' }),
  });
  const small = smallArchive({
    'a.md': `---\ntitle: A\ndate: 2015-01-01\nimage: /lead.jpg\n---\nText.\n\n![A wall](/img/one.jpg)\n\n![A pier](${server.origin}/img/two.jpg)\n`,
    'b.md': `---\ntitle: B\ndate: 2015-01-02\n---\n![Two again](/img/two.jpg)\n\n![Gone](/img/gone.jpg)\n\n![Page](/img/page.jpg)\n\n![Other](https://other.example/x.jpg)\n\n![Inside](http://10.0.0.1/x.jpg)\n`,
    'c.md': '---\ntitle: C\ndate: 2015-01-03\n---\n![Here](here.jpg)\n',
    'here.jpg': await photo(3),
  });
  const options: Partial<ImportOptions> = {
    origin: server.origin,
    fetch: { hosts: [server.host], privateHosts: ['127.0.0.1'], agent: 'Broadsheet/test', limits: quick },
  };
  return { server, small, options };
}

const states = (fetched: { address: string; state: string }[] = []) =>
  Object.fromEntries(fetched.map(({ address, state }) => [address.replace(/^http:\/\/127\.0\.0\.1:\d+/, ''), state]));

test('pictures that are not in the archive are downloaded and stand in their stories; the receipt lists each', async () => {
  const { server, small, options } = await archive();
  const phases = new Set<string>();
  const receipt = await small.run({ ...options, onProgress: (phase) => phases.add(phase) });
  expect([...phases]).toEqual(['reading', 'looking for pictures', 'downloading', 'converting']);
  expect(states(receipt.fetched)).toEqual({
    '/img/gone.jpg': 'failed',
    '/img/one.jpg': 'fetched',
    '/img/page.jpg': 'failed',
    '/img/two.jpg': 'fetched',
    '/lead.jpg': 'fetched',
    'http://10.0.0.1/x.jpg': 'refused',
    'https://other.example/x.jpg': 'refused',
  });
  expect(small.list().filter((file) => file.endsWith('.jpg'))).toEqual([
    '2015/01/a/lead.jpg',
    '2015/01/a/one.jpg',
    '2015/01/a/two.jpg',
    '2015/01/b/two.jpg',
    '2015/01/c/here.jpg',
  ]);
  expect(small.story('2015/01/a')).toContain('lead.jpg');
  expect(small.story('2015/01/a')).toContain('![A wall](one.jpg)');
  expect(small.story('2015/01/a')).toContain('![A pier](two.jpg)');
  expect(small.story('2015/01/b')).toContain('/img/gone.jpg');
  expect(await contractProblems(small.stories)).toEqual([]);
  expect(server.asked).not.toContain('/here.jpg');
  const summary = summaryOf(receipt);
  expect(summary).toContain('3 downloaded (0.0 MB), 0 there from an earlier import');
  expect(summary).toContain(`${server.origin}/img/gone.jpg: the server answered 404`);
  expect(summary).toContain('other.example/x.jpg: other.example is not one of your hosts');
});

test('twice changes nothing and asks only for what failed; without --fetch, what is there is still used', async () => {
  const { server, small, options } = await archive();
  await small.run(options);
  const stories = small.list().map((file) => [file, small.story(file)]);
  server.asked.length = 0;
  const again = await small.run(options);
  expect(server.asked.sort()).toEqual(['/img/gone.jpg', '/img/page.jpg']);
  expect(states(again.fetched)).toMatchObject({ '/img/one.jpg': 'kept', '/img/gone.jpg': 'failed' });
  expect(again.files).toMatchObject({ written: 0, unchanged: 3 });
  expect(again.pictures.copied).toBe(0);
  server.asked.length = 0;
  const without = await small.run({ origin: server.origin });
  expect(without.files).toMatchObject({ written: 0, unchanged: 3 });
  expect(without.fetched).toBeUndefined();
  expect(server.asked).toEqual([]);
  expect(small.list().map((file) => [file, small.story(file)])).toEqual(stories);
});

test('a dry run says what it would download, and downloads nothing', async () => {
  const { server, small, options } = await archive();
  const receipt = await small.run({ ...options, dryRun: true });
  expect(server.asked).toEqual([]);
  expect(existsSync(join(small.root, 'site/.broadsheet'))).toBe(false);
  expect(states(receipt.fetched)).toMatchObject({ '/lead.jpg': 'wanted', 'https://other.example/x.jpg': 'refused' });
  expect(summaryOf(receipt)).toContain(`Would be downloaded\n  ${server.origin}/img/gone.jpg\n`);
});

test('a picture of which the archive has only a pointer is downloaded', async () => {
  const { server, small, options } = await archive();
  small.put('in/static/img/one.jpg', 'version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 12\n');
  const receipt = await small.run(options);
  expect(server.asked).toContain('/img/one.jpg');
  expect(receipt.notes.filter(({ note }) => note.includes('left out'))).toEqual([]);
  expect(readdirSync(join(small.stories, '2015/01/a'))).toContain('one.jpg');
});

test('a picture that no story shows, because its HTML is left out, is neither requested nor listed', async () => {
  const { server, small, options } = await archive();
  small.put(
    'in/d.xml',
    `<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wp="http://wordpress.org/export/1.2/"><channel>
<wp:wxr_version>1.2</wp:wxr_version><item><title>D</title><wp:post_id>4</wp:post_id><wp:post_type>post</wp:post_type><wp:status>publish</wp:status>
<wp:post_date>2015-01-04 10:00:00</wp:post_date><content:encoded><![CDATA[<p>Words.</p>
<!-- <img src="${server.origin}/lead.jpg"> --><script>'<img src="${server.origin}/img/one.jpg">'</script>
<p><img src="${server.origin}/img/two.jpg" alt="A pier"></p>]]></content:encoded></item></channel></rss>`,
  );
  const receipt = await small.runAs('wordpress', 'd.xml', options);
  expect(states(receipt.fetched)).toEqual({ '/img/two.jpg': 'fetched' });
  expect(small.list()).toContainEqual(expect.stringMatching(/two\.jpg$/));
});
