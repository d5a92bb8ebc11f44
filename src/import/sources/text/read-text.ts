import { arrange } from '../arrange/arrange.ts';
import { type Arranged, isProse } from '../arrange/block.ts';
import { textToBlocks } from './blocks.ts';
import { joinLabels } from './labels.ts';

/**
 * Reads a story copy as agencies, newspapers, and press offices send it, or as somebody has copied it from a web page.
 *
 * @param text with `\n` as line ends
 */
export function readText(text: string, options: { isDayFirst?: boolean } = {}): Arranged {
  const blocks = joinLabels(textToBlocks(text));
  const arranged = arrange(blocks, { isCopy: true, ...options });
  if (!blocks.some(isProse))
    arranged.notes.push('The text has no paragraph of running text. Check whether it is a story.');
  return arranged;
}
