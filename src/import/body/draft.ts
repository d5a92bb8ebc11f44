import type { Change, ChangeKind } from '../receipt.ts';
import { type Edit, type Spliced, splice } from '../splice.ts';
import type { BodyContext, LinkAnswer } from './context.ts';

/** A body while it is converted: what is to be replaced, and what the receipt will say of it. */
export interface Draft {
  readonly text: string;
  /** Replaces a range of `text`. */
  edit(start: number, end: number, replacement: string): void;
  /** Puts a change into the receipt. @param start where it is in `text` */
  note(kind: ChangeKind, start: number, before: string, after: string): void;
  /** The text with all edits, and the changes in the order of their lines. */
  finish(): { text: string; changes: Change[] };
}

/** @param source the body, perhaps spliced before; its `origin` counts in the source file */
export function openDraft({ text, origin }: Spliced, { file, lineOf }: BodyContext): Draft {
  const edits: Edit[] = [];
  const changes: Change[] = [];
  return {
    text,
    edit: (start, end, replacement) => void edits.push({ start, end, text: replacement }),
    note: (kind, start, before, after) =>
      void changes.push({ file, line: lineOf(origin(start)), kind, before: short(before), after: short(after) }),
    finish: () => ({
      text: splice({ text, origin: (offset) => offset }, edits).text,
      changes: changes.sort((a, b) => a.line - b.line),
    }),
  };
}

const charsMax = 300;
const short = (text: string): string => (text.length > charsMax ? `${text.slice(0, charsMax)}…` : text);

/** What the receipt calls an answer that changes a link. */
export function kindOf(answer: Exclude<LinkAnswer, { kind: 'keep' }>): ChangeKind {
  if (answer.kind === 'story') return 'link-to-story';
  if (answer.kind === 'old-site') return 'link-to-old-site';
  return `link-${answer.kind}`;
}
