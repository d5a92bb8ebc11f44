import { expect, test } from 'vitest';
import { FileHistory } from './file-history.ts';
import type { Values } from './values.ts';

/** A file with fields and a text, and nothing else. */
function opened() {
  const now = { values: { headline: 'A' } as Values, body: 'one' };
  const history = new FileHistory({
    fields: () => ({ values: now.values, edits: [], saves: 0 }),
    putFields: ({ values }) => {
      now.values = values;
    },
    text: () => now.body,
    putText: (text) => {
      now.body = text;
    },
  });
  const type = (headline: string, at = 0) => {
    history.addField({ path: ['headline'], value: headline }, at);
    now.values = { headline };
  };
  const write = (body: string, isMore = false) => {
    const before = now.body;
    history.addText({ body: () => before }, isMore);
    now.body = body;
  };
  const seen = () => `${now.values.headline} ${now.body}`;
  return { history, type, write, seen };
}

test('fields and text are undone and done again in the order in which they were edited', () => {
  const { history, type, write, seen } = opened();
  write('two');
  type('B', 1000);
  write('three');
  type('C', 3000);
  const states: string[] = [];
  while (history.canUndo.value) {
    history.go('undo');
    states.push(seen());
  }
  expect(states).toEqual(['B three', 'B two', 'A two', 'A one']);
  expect(history.go('undo')).toBeUndefined();
  states.length = 0;
  while (history.canRedo.value) {
    history.go('redo');
    states.push(seen());
  }
  expect(states).toEqual(['A two', 'B two', 'B three', 'C three']);
});

test('what is typed in one place is one step, but not across another edit', () => {
  const { history, type, write, seen } = opened();
  type('B', 1000);
  type('BC', 1100);
  write('two');
  write('two and', true);
  type('BCD', 1200);
  write('two and three', true);
  expect(history.go('undo')).toBe('text');
  expect(seen()).toBe('BCD two and');
  expect(history.go('undo')).toBe('fields');
  expect(seen()).toBe('BC two and');
  history.go('undo');
  expect(seen()).toBe('BC one');
  history.go('undo');
  expect(seen()).toBe('A one');
});

test('a new edit ends what could be done again, and edits together are one step', () => {
  const { history, type, write, seen } = opened();
  type('B', 1000);
  history.go('undo');
  write('two');
  expect(history.canRedo.value).toBe(false);
  history.together(() => {
    type('C', 5000);
    write('three');
    type('D', 9000);
  });
  expect(seen()).toBe('D three');
  history.go('undo');
  expect(seen()).toBe('A two');
  history.go('redo');
  expect(seen()).toBe('D three');
  history.together(() => {});
  history.go('undo');
  expect(seen()).toBe('A two');
});
