import type { Change, ChangeKind } from '../receipt.ts';
import { type Edit, type Spliced, splice } from '../splice.ts';
import type { BodyContext, LinkAnswer } from './context.ts';

/** A body during conversion: the replacements, and the entries for the receipt. */
export interface Draft {
  readonly text: string;
  /** Replaces a range of `text`. */
  edit(start: number, end: number, replacement: string): void;
  /** Adds a change to the receipt. @param start its position in `text` */
  note(kind: ChangeKind, start: number, before: string, after: string): void;
  /** The text with all edits, and the changes in the order of their lines. */
  finish(): { text: string; changes: Change[] };
}

/** @param source the body, possibly already spliced. Its `origin` refers to the source file */
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

/** The receipt's name for a result that changes a link. */
export function kindOf(answer: Exclude<LinkAnswer, { kind: 'keep' }>): ChangeKind {
  if (answer.kind === 'story') return 'link-to-story';
  if (answer.kind === 'old-site') return 'link-to-old-site';
  if (answer.kind === 'document') return 'link-to-document';
  return `link-${answer.kind}`;
}
