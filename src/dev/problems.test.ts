import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { error } from '../problems/problem.ts';
import { faultPage, overtakenPage } from './page.ts';
import { problemsPage } from './problems.ts';

const mistake = (message: string) => error('wrong-value', { file: 'content/site.yaml', line: 1 }, message);

/** How often a page reloads itself during its first checks. @param answers that its address gives, the last one repeated */
async function reloads(page: string, answers: string[]): Promise<number> {
  let [asked, count] = [0, 0];
  const later: (() => void)[] = [];
  runInNewContext(/<script>([\s\S]*)<\/script>/.exec(page)?.[1] ?? '', {
    location: { href: '/', reload: () => count++ },
    fetch: async () => ({ text: async () => answers[Math.min(asked++, answers.length - 1)] }),
    setTimeout: (step: () => void) => later.push(step),
  });
  for (let step = 0; step < 4; step++) {
    await new Promise(setImmediate);
    later.shift()?.();
  }
  return count;
}

const page = problemsPage([mistake('One.')]);

test.each([
  ['the same mistakes', page, [page], 0],
  ['other mistakes', page, [page, problemsPage([mistake('Two.')])], 1],
  ['a page that has come back', page, [page, '<h1>Harbour</h1>'], 1],
  ['a page that came back before the first check', page, ['<h1>Harbour</h1>'], 1],
  ['a fault that stays', faultPage(), [faultPage()], 0],
  ['a page after a fault', faultPage(), ['<h1>Harbour</h1>'], 1],
  ['a page that was overtaken', overtakenPage(), ['<h1>Harbour</h1>'], 1],
])('reloads itself as often as it should: %s', async (_, shown, answers, expected) => {
  expect(await reloads(shown, answers)).toBe(expected);
});
