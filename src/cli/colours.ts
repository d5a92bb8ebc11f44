import { styleText } from 'node:util';
import type { Io, Output } from './command.ts';

type Style = Parameters<typeof styleText>[0];

/** Colours text for an output, but only in a terminal, and never if `NO_COLOR` is set. */
export function painter(output: Output, { env }: Pick<Io, 'env'>): (style: Style, text: string) => string {
  if (!output.isTTY || env.NO_COLOR || env.TERM === 'dumb') return (_, text) => text;
  return (style, text) => styleText(style, text, { validateStream: false });
}
