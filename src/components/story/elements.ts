import type { AstroComponentFactory } from 'astro/runtime/server/index.js';
import FactBox from './FactBox.astro';
import PullQuote from './PullQuote.astro';
import ReadMore from './ReadMore.astro';

/** What prints the components that a story may use; `story/elements.ts` says which those are and with which attributes. */
export const elements: Record<string, AstroComponentFactory> = { FactBox, PullQuote, ReadMore };
