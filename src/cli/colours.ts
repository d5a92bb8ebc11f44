import { styleText } from 'node:util';
import type { Io, Output } from './command.ts';

type Style = Parameters<typeof styleText>[0];

/** Paints words for an output: on a terminal only, and never against `NO_COLOR`. */
export function painter(output: Output, { env }: Pick<Io, 'env'>): (style: Style, text: string) => string {
  if (!output.isTTY || env.NO_COLOR || env.TERM === 'dumb') return (_, text) => text;
  return (style, text) => styleText(style, text, { validateStream: false });
}
