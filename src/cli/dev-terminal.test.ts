import { expect, test } from 'vitest';
import type { Problem } from '../problems/problem.ts';
import { devTerminal } from './dev-terminal.ts';

const problem = (message: string, severity: Problem['severity'] = 'error'): Problem => ({
  file: 'content/stories/2025/02/harbour/index.md',
  line: 3,
  rule: 'picture-missing',
  message,
  severity,
});

/** @returns a terminal, and a function that takes what was printed since it was last called */
function terminal() {
  let said = '';
  const write = (text: string) => (said += text);
  const tell = devTerminal({ cwd: '/paper', env: { NO_COLOR: '1' }, stdout: { write }, stderr: { write } });
  const since = () => {
    const text = said;
    said = '';
    return text;
  };
  return { tell, since };
}

test('each request brings the whole list, and only what is new is printed', () => {
  const { tell, since } = terminal();
  tell([problem('No such picture')]);
  expect(since()).toContain('index.md:3');
  tell([problem('No such picture')]);
  expect(since()).toBe('');
});

test('if one error is new, all are printed, because they are corrected together', () => {
  const { tell, since } = terminal();
  tell([problem('First')]);
  since();
  tell([problem('First'), problem('Second')]);
  const said = since();
  expect(said).toContain('First');
  expect(said).toContain('Second');
});

test('a warning that was there before is not repeated beside a new one', () => {
  const { tell, since } = terminal();
  tell([problem('Old', 'warning')]);
  since();
  tell([problem('Old', 'warning'), problem('New', 'warning')]);
  const said = since();
  expect(said).toContain('New');
  expect(said).not.toContain('Old');
});

test('it says once that the errors were corrected, and that it found them again', () => {
  const { tell, since } = terminal();
  tell([problem('No such picture')]);
  since();
  tell([]);
  expect(since()).toBe('Corrected. Pages are shown again.\n');
  tell([]);
  expect(since()).toBe('');
  tell([problem('No such picture')]);
  expect(since()).toContain('No such picture');
});

test('a warning that goes away is not reported as a correction', () => {
  const { tell, since } = terminal();
  tell([problem('Old', 'warning')]);
  since();
  tell([]);
  expect(since()).toBe('');
});

test('a bug is printed once with its stack, however often the page is requested, and is no correction', () => {
  const { tell, since } = terminal();
  const stack = 'TypeError: x is undefined\n    at page.ts:1:1';
  tell([], stack);
  expect(since()).toMatch(/bug in Broadsheet.*TypeError: x is undefined/s);
  tell([], stack);
  expect(since()).toBe('');
  tell([]);
  expect(since()).toBe('');
});
