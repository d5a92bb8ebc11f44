import { defaultKeymap } from '@codemirror/commands';
import { markdownKeymap, markdownLanguage } from '@codemirror/lang-markdown';
import { defaultHighlightStyle, LanguageSupport, syntaxHighlighting } from '@codemirror/language';
import { Annotation, ChangeSet, EditorSelection, EditorState, StateEffect, StateField } from '@codemirror/state';
import {
  Decoration,
  type DecorationSet,
  EditorView,
  highlightActiveLine,
  keymap,
  lineNumbers,
  type ViewUpdate,
} from '@codemirror/view';
import type { TextMoment } from '../../state/history.ts';
import type { TextHistory } from '../view/text-history.ts';
import { applyChanges, fromSourceOffset, type SourceChange, toSourceOffset } from './edited-source.ts';

interface SourceViewOptions {
  place: HTMLElement;
  body: string;
  eol: string;
  label: string;
  language: string;
  offset: number;
  history: TextHistory;
  onChange(body: string): void;
  onOffset(offset: number): void;
  /** Escape leaves the text. */
  onLeave(): void;
}

/** A line with a problem. */
export interface MarkedLine {
  offset: number;
  says: string;
  severity: 'error' | 'warning';
}

/** A text of the source view, with the caret. */
interface SourceMoment extends TextMoment {
  selection: EditorSelection;
}

/** Undo, and not an edit. */
const isFromOutside = Annotation.define<boolean>();
/** What is typed within this time is undone together. */
const togetherMs = 600;

const setMarked = StateEffect.define<MarkedLine[]>();

const marked = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(set, tr) {
    let now = set.map(tr.changes);
    for (const effect of tr.effects)
      if (effect.is(setMarked))
        now = Decoration.set(
          effect.value.map(({ offset, says, severity }) =>
            Decoration.line({ class: `has-problem ${severity}`, attributes: { title: says } }).range(
              tr.state.doc.lineAt(Math.min(offset, tr.state.doc.length)).from,
            ),
          ),
          true,
        );
    return now;
  },
  provide: (field) => EditorView.decorations.from(field),
});

/** Colours come from the desk, so that dark and forced colours work. They are set here, because no sheet reaches inside. */
const theme = EditorView.theme({
  '&': { color: 'inherit', backgroundColor: 'transparent', fontSize: '0.95rem' },
  '.cm-content': { fontFamily: 'ui-monospace, monospace', caretColor: 'currentcolor', padding: '1rem 0' },
  '.cm-cursor': { borderLeftColor: 'currentcolor' },
  '.cm-gutters': { backgroundColor: 'transparent', color: 'inherit', border: 'none' },
  '.cm-activeLine': { backgroundColor: 'color-mix(in srgb, currentcolor 6%, transparent)' },
  '.has-problem': { textDecoration: 'underline wavy', textDecorationColor: '#c00', textUnderlineOffset: '0.2em' },
  '.has-problem.warning': { textDecorationColor: '#a60' },
});

/** The Markdown of the story, in a code editor. Bytes outside an edit stay as they are, also line ends. */
export class SourceView {
  private readonly view: EditorView;
  private base: string;
  private changes: ChangeSet;
  private timer = 0;
  private editedAt = 0;
  /** Where the last edit ended. */
  private editedTo = 0;
  private readonly options: SourceViewOptions;

  constructor(options: SourceViewOptions) {
    this.options = options;
    this.base = options.body;
    const anchor = fromSourceOffset(options.body, options.offset);
    // In a shadow root, the code editor uses constructed style sheets, which the desk's policy allows.
    const root = options.place.attachShadow({ mode: 'open' });
    this.view = new EditorView({
      root,
      parent: root as unknown as HTMLElement,
      state: EditorState.create({
        doc: options.body,
        extensions: [
          lineNumbers(),
          highlightActiveLine(),
          EditorView.lineWrapping,
          // Without its support for HTML, which would close tags while one types.
          new LanguageSupport(markdownLanguage),
          syntaxHighlighting(defaultHighlightStyle, { fallback: true }),
          marked,
          theme,
          EditorView.contentAttributes.of({
            'aria-label': options.label,
            lang: options.language,
            spellcheck: 'true',
          }),
          keymap.of([{ key: 'Escape', run: act(options.onLeave) }, ...markdownKeymap, ...defaultKeymap]),
          EditorView.domEventHandlers({
            // The menu of the browser.
            beforeinput: (event) => {
              if (event.inputType !== 'historyUndo' && event.inputType !== 'historyRedo') return false;
              event.preventDefault();
              options.history[event.inputType === 'historyUndo' ? 'undo' : 'redo']();
              return true;
            },
          }),
          EditorView.updateListener.of((update) => {
            if (update.docChanged && !update.transactions.some((tr) => tr.annotation(isFromOutside))) {
              options.history.add(this.now(update.startState.selection), this.isMore(update));
              this.changes = this.changes.compose(update.changes);
              clearTimeout(this.timer);
              this.timer = setTimeout(() => this.flush(), 120) as unknown as number;
            }
            if (update.focusChanged && !update.view.hasFocus) this.flush();
            if (update.selectionSet) options.onOffset(this.offset());
          }),
        ],
      }),
    });
    const { length } = this.view.state.doc;
    this.changes = ChangeSet.empty(length);
    this.view.dispatch({ selection: EditorSelection.cursor(Math.min(anchor, length)), scrollIntoView: true });
  }

  /** Hands the text on, if it changed. @returns the body */
  flush(): string {
    clearTimeout(this.timer);
    if (this.changes.empty) return this.base;
    const body = this.bodyOf(this.base, this.changes);
    this.base = body;
    this.changes = ChangeSet.empty(this.view.state.doc.length);
    this.options.onChange(body);
    return body;
  }

  /** The source as it is, before the changes that are on their way. */
  now(selection = this.view.state.selection): SourceMoment {
    const { base, changes } = this;
    return { body: () => this.bodyOf(base, changes), selection };
  }

  /** Returns to a text that was there before, and hands it on. */
  restore(moment: TextMoment | SourceMoment): void {
    clearTimeout(this.timer);
    const body = moment.body();
    const now = this.view.state.doc.toString();
    const next = body.replace(/\r\n?/g, '\n');
    let [head, tail] = [0, 0];
    const most = Math.min(now.length, next.length);
    while (head < most && now[head] === next[head]) head++;
    while (head + tail < most && now.at(-1 - tail) === next.at(-1 - tail)) tail++;
    const insert = next.slice(head, next.length - tail);
    this.editedAt = 0;
    this.view.dispatch({
      changes: { from: head, to: now.length - tail, insert },
      selection: 'selection' in moment ? moment.selection : EditorSelection.cursor(head + insert.length),
      annotations: isFromOutside.of(true),
      scrollIntoView: true,
    });
    this.base = body;
    this.changes = ChangeSet.empty(this.view.state.doc.length);
    this.options.onChange(body);
  }

  /** Whether an edit belongs to the one before: typed at the same place, soon after it. */
  private isMore({ changes, transactions }: ViewUpdate): boolean {
    const at = performance.now();
    let [first, last] = [Number.POSITIVE_INFINITY, 0];
    changes.iterChangedRanges((from, _to, _fromNow, toNow) => {
      first = Math.min(first, from);
      last = toNow;
    });
    const isTyped = transactions.every((tr) => tr.isUserEvent('input.type') || tr.isUserEvent('delete'));
    const isMore = isTyped && at - this.editedAt < togetherMs && Math.abs(first - this.editedTo) <= 1;
    this.editedAt = isTyped ? at : 0;
    this.editedTo = last;
    return isMore;
  }

  private bodyOf(base: string, edits: ChangeSet): string {
    if (edits.empty) return base;
    const changes: SourceChange[] = [];
    edits.iterChanges((from, to, _a, _b, text) => {
      changes.push({ from, to, text: text.toString() });
    });
    return applyChanges(base, changes, this.options.eol);
  }

  /** The offset of the caret in the body. */
  offset(): number {
    const { head } = this.view.state.selection.main;
    return this.changes.empty ? toSourceOffset(this.base, head) : head;
  }

  goTo(offset: number): void {
    const at = Math.min(fromSourceOffset(this.base, offset), this.view.state.doc.length);
    this.view.dispatch({
      selection: EditorSelection.cursor(at),
      effects: EditorView.scrollIntoView(at, { y: 'center' }),
    });
    this.view.focus();
  }

  focus(): void {
    this.view.focus();
  }

  mark(lines: readonly MarkedLine[]): void {
    const effects = setMarked.of(lines.map((line) => ({ ...line, offset: fromSourceOffset(this.base, line.offset) })));
    this.view.dispatch({ effects });
  }

  destroy(): void {
    this.flush();
    this.view.destroy();
  }
}

const act = (action: () => void) => () => {
  action();
  return true;
};
