import type { Node } from '@milkdown/kit/prose/model';
import type { SelectionBookmark, Transaction } from '@milkdown/kit/prose/state';
import { History, type TextMoment } from '../../state/history.ts';
import { type OpenText, writeText } from '../markdown/story-text.ts';

/** The history that the text is part of. That of a story has its fields, too. */
export interface TextHistory {
  /** Keeps the text before an edit. @param isMore whether the edit belongs to the last one of the text */
  add(before: TextMoment, isMore: boolean): void;
  undo(): void;
  redo(): void;
  canUndo: { readonly value: boolean };
  canRedo: { readonly value: boolean };
}

/** A history of the text alone. @param exchange returns to a text, and says which was there before */
export function historyOfText(exchange: (moment: TextMoment) => TextMoment): TextHistory {
  const history = new History<{ text: TextMoment }>();
  const travel = ({ text }: { text: TextMoment }) => ({ text: exchange(text) });
  return {
    add: (text, isMore) => history.add({ text }, 'text', isMore),
    undo: () => history.undo(travel),
    redo: () => history.redo(travel),
    canUndo: history.canUndo,
    canRedo: history.canRedo,
  };
}

export const bodyAsIs = (body: string): TextMoment => ({ body: () => body });

/** A document as it was, with the text that it was opened from, so that its blocks still know their bytes. */
export class DocumentMoment implements TextMoment {
  readonly open: OpenText;
  readonly doc: Node;
  readonly selection: SelectionBookmark;

  constructor(open: OpenText, doc: Node, selection: SelectionBookmark) {
    this.open = open;
    this.doc = doc;
    this.selection = selection;
  }

  body(): string {
    return writeText(this.open, this.doc);
  }
}

/** Edits of one place that follow each other within this time are undone together. */
const togetherMs = 600;

/** Tells which edits of the document belong together. */
export function openGroups(): { isMore(tr: Transaction): boolean; close(): void } {
  let time = 0;
  let composition: unknown;
  /** Where the last edit was. */
  let ranges: [from: number, to: number][] = [];
  return {
    isMore(tr) {
      const composed: unknown = tr.getMeta('composition');
      let isNear = false;
      tr.mapping.maps[0]?.forEach((from, to) => {
        if (ranges.some(([start, end]) => from <= end && to >= start)) isNear = true;
      });
      const isSoon = time > 0 && tr.time - time <= togetherMs;
      const isMore = (composed !== undefined && composed === composition) || (isSoon && isNear);
      time = tr.time;
      composition = composed;
      ranges = [];
      tr.mapping.maps.at(-1)?.forEach((_from, _to, from, to) => {
        ranges.push([from, to]);
      });
      return isMore;
    },
    close() {
      time = 0;
      composition = undefined;
    },
  };
}
