import { expect, test } from 'vitest';
import { splitCredit } from './credit-line.ts';

test.each<[string, { caption?: string; credit?: string }]>([
  ['Photo by [Cleo](https://u.example/@cleo?a=b) on [Unsplash](https://u.example)', { credit: 'Cleo on Unsplash' }],
  [
    'The [harbour](https://h.example/a_(b)). Photo: [Cleo](https://u.example)',
    { caption: 'The [harbour](https://h.example/a_(b)).', credit: 'Cleo' },
  ],
  ['The harbour (Photo: [Cleo](https://u.example))', { caption: 'The harbour', credit: 'Cleo' }],
  ['The [harbour](https://h.example): a view', { caption: 'The [harbour](https://h.example): a view' }],
  ['The harbour. © [Agency](https://a.example)', { caption: 'The harbour.', credit: 'Agency' }],
  ['[The harbour. Photo: Cleo](https://u.example)', { caption: '[The harbour. Photo: Cleo](https://u.example)' }],
  ['', {}],
])('%s', (caption, split) => expect(splitCredit(caption)).toEqual(split));
