import type { FieldEdit } from '../contract.ts';
import { History, type TextMoment } from './history.ts';
import type { Values } from './values.ts';

/** What is typed into a field within this time is undone together. */
const togetherMs = 900;

/** The fields at some time. */
export interface FieldsMoment {
  values: Values;
  edits: FieldEdit[];
  /** How often the file had been saved. */
  saves: number;
}

/** What undo returns to: the fields, the text, or both. */
interface Moment {
  fields?: FieldsMoment;
  text?: TextMoment;
}

/** The parts of a file that undo returns to. */
interface Parts {
  fields(): FieldsMoment;
  putFields(moment: FieldsMoment): void;
  text(): string;
  putText(text: string): void;
}

/** The editor of the text, while it is shown. It keeps the caret, and returns to each block with its bytes. */
interface TextOfEditor {
  /** @returns the text that was there before */
  exchange(moment: TextMoment): TextMoment;
  /** Hands on what was typed in the last moments. */
  flush(): string;
}

/** The history of a file: one for everything, in the order in which it was edited. */
export class FileHistory extends History<Moment> {
  editor: TextOfEditor | undefined;
  private readonly parts: Parts;
  private typedAt = 0;

  constructor(parts: Parts) {
    super();
    this.parts = parts;
  }

  /** A field is about to be edited. @param at when, in ms */
  addField(edit: FieldEdit, at: number): void {
    const isTyped = 'value' in edit && typeof edit.value === 'string';
    const isMore = isTyped && at - this.typedAt < togetherMs;
    this.add({ fields: this.parts.fields() }, `field ${JSON.stringify(edit.path)}`, isMore);
    this.typedAt = isTyped ? at : 0;
  }

  /** The text is about to be edited. @param isMore whether the edit belongs to the last one of the text */
  addText(text: TextMoment, isMore: boolean): void {
    this.add({ text }, 'text', isMore);
  }

  /** The text is about to be replaced from outside the editor. */
  addTextNow(): void {
    const before = this.parts.text();
    this.addText({ body: () => before }, false);
  }

  /** @returns what changed, or undefined if there is nothing to undo, or to do again */
  go(way: 'undo' | 'redo'): 'text' | 'fields' | undefined {
    let changed: 'text' | 'fields' | undefined;
    this[way]((moment) => {
      const now: Moment = {};
      if (moment.fields) {
        now.fields = this.parts.fields();
        this.parts.putFields(moment.fields);
      }
      if (moment.text) now.text = this.exchangeText(moment.text);
      changed = moment.text ? 'text' : 'fields';
      return now;
    });
    this.typedAt = 0;
    return changed;
  }

  private exchangeText(text: TextMoment): TextMoment {
    if (this.editor) return this.editor.exchange(text);
    const before = this.parts.text();
    this.parts.putText(text.body());
    return { body: () => before };
  }
}
