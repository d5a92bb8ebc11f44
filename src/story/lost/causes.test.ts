import { expect, test } from 'vitest';
import { causeOf } from './causes.ts';

test.each(['\n  lost', '\n\tlost', '\n  a\n  lost', '\n\n  lost', '  lost', 'lost'])(
  'the search for the footnote of lost words in %j ends',
  (text) => {
    const at = text.indexOf('lost');
    expect(causeOf({ at, words: ['lost'] } as never, { suspects: [] } as never, text).kind).toBe('unknown');
  },
);
