import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { sharedCache, smallNewsroom } from '../../press/small-newsroom.fixture.ts';
import { isLargePublish } from './publish-apart.ts';
import { isRefusal, openPublisher, type PublishStep } from './publisher.ts';
import { scopeOf } from './scope.ts';

const path = 'stories/2025/02/harbour/index.md';
const file = `content/${path}`;
const story = (headline: string) =>
  `---\nheadline: ${headline}\nsection: world\nbyline: [ann]\npublished: 2025-02-12\n---\n\nWords.\n`;
const now = Date.parse('2025-06-01T12:00:00Z');

function opened() {
  const { site, put } = smallNewsroom({ [file]: story('Harbour reopens'), 'content/authors/ann.yaml': 'name: Ann\n' });
  const dist = join(site, 'dist');
  const publisher = openPublisher({ site, cache: sharedCache, now: () => now, filesMin: 1 });
  onTestFinished(() => {
    publisher.close();
    rmSync(site, { recursive: true, force: true });
  });
  const isLarge = (changed?: string[], filesMin = 1) =>
    isLargePublish({ site, dist, cache: sharedCache, now, changed }, Date.now() + 5000, filesMin);
  const page = () => {
    const at = join(dist, '2025/02/harbour/index.html');
    return existsSync(at) ? readFileSync(at, 'utf8') : '';
  };
  return { put, publisher, isLarge, page };
}

test('a large publish runs in another process, and says the same', async () => {
  const { put, publisher, page } = opened();
  const steps: PublishStep[] = [];
  const { report } = await publisher.publish(undefined, (step) => steps.push(step));
  expect(report.added).toContain('2025/02/harbour/index.html');
  expect(steps.map(({ phase }) => phase)).toContain('pages');
  expect(page()).toContain('Harbour reopens');

  put(file, story('Harbour: closes'));
  const refused = await publisher.publish(undefined).catch((error: unknown) => error);
  expect(isRefusal(refused) && refused.problems[0]).toMatchObject({ file, line: 2, severity: 'error' });
  expect(page()).toContain('Harbour reopens');
});

test('the first publish, one of everything, and one of what many pages show are large; that of a story is not', async () => {
  const { put, publisher, isLarge, page } = opened();
  expect(isLarge(scopeOf(path))).toBe(true);
  await publisher.publish(undefined);
  expect(isLarge(undefined)).toBe(true);
  expect(isLarge(undefined, 300)).toBe(false);

  put(file, story('Harbour closes'));
  expect(isLarge(scopeOf(path))).toBe(false);
  await publisher.publish(scopeOf(path));
  expect(page()).toContain('Harbour closes');
  expect(isLarge([])).toBe(false);

  put('content/authors/ann.yaml', 'name: Ann Byrne\n');
  expect(isLarge(scopeOf(path))).toBe(true);
});
