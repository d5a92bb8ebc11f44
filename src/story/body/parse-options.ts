import type { Features } from 'satteri';
import { bodyWords } from './words.ts';

/** How a body is parsed. */
export function parseOptions(language: string): Features {
  let features = kept.get(language);
  if (!features) {
    const words = bodyWords(language);
    features = {
      frontmatter: false, // a body that begins with --- begins with a rule
      smartPunctuation: false, // story/punctuation.ts sets it in the same way for the whole newsroom
      gfm: {
        // There is no prefix, because the ids of a body cannot conflict with these (see headings.ts). The character
        // after the arrow prevents it from becoming an emoji.
        footnotes: {
          label: words.footnotes,
          backLabel: words.backTo('{reference}'),
          backContent: '↩\uFE0E',
          clobberPrefix: '',
        },
      },
    };
    kept.set(language, features);
  }
  return features;
}

const kept = new Map<string, Features>();
