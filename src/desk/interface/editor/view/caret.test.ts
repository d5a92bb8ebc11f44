import { afterEach, expect, test, vi } from 'vitest';
import { focusLater } from './commands.ts';

afterEach(() => {
  vi.unstubAllGlobals();
});

test('the focus that comes back after a menu or dialog keeps the caret that a key has moved meanwhile', () => {
  vi.stubGlobal('requestAnimationFrame', (run: () => void) => run());
  const done: string[] = [];
  const view = {
    composing: false,
    dom: { ownerDocument: { dispatchEvent: ({ type }: Event) => done.push(type) } },
    focus: () => done.push('focus'),
  };
  focusLater(view as never);
  // ProseMirror puts the caret where it knows it when it gets the focus, so it must hear of it before.
  expect(done).toEqual(['selectionchange', 'focus']);
});
