import { dropCursor } from '@milkdown/kit/prose/dropcursor';
import { gapCursor } from '@milkdown/kit/prose/gapcursor';
import { closeHistory, history } from '@milkdown/kit/prose/history';
import { EditorState, NodeSelection, Selection, TextSelection } from '@milkdown/kit/prose/state';
import { tableEditing } from '@milkdown/kit/prose/tables';
import { EditorView } from '@milkdown/kit/prose/view';
import type { DeskProblem } from '../../contract.ts';
import type { Writing } from '../markdown/processors.ts';
import { type OpenText, writeWithSlots } from '../markdown/story-text.ts';
import { words } from '../words.ts';
import { blockViews } from './block-views.tsx';
import type { Host } from './host.ts';
import { keyPlugins } from './keys.ts';
import { pastePlugin } from './paste.ts';
import { problemsKey, problemsPlugin } from './problems.ts';
import { slashPlugin } from './slash.ts';

/** How long after the last key the text is written and handed on. */
const writeAfterMs = 120;

interface TextViewOptions {
  place: HTMLElement;
  host: Host;
  open: OpenText;
  language: string;
  dir: string;
  onChange(body: string): void;
  onBlock(offset: number): void;
  /** Something changed that the toolbar shows. */
  onState(state: EditorState): void;
}

/** The document as one reads it: a ProseMirror view, and the text that it stands for. */
export class TextView {
  readonly view: EditorView;
  private open: OpenText;
  private readonly options: TextViewOptions;
  private timer = 0;
  private block = -1;
  private spans: ReturnType<typeof writeWithSlots>['spans'] = [];
  private writtenDoc: EditorState['doc'];
  private warned = false;
  /** The text as it was last handed on. */
  body: string;

  constructor(options: TextViewOptions) {
    const { place, host, open, language, dir } = options;
    this.options = options;
    this.open = open;
    this.body = open.body;
    this.writtenDoc = open.doc;
    this.spans = open.slots.map((slot, block) => ({ block, ...slot }));
    const writing = (): Writing => ({ ...this.open.habits, isMdx: this.open.isMdx, escapes: 'safe' });
    const plugins = [
      slashPlugin(host),
      pastePlugin(host, writing),
      ...keyPlugins(host),
      history({ newGroupDelay: 600 }),
      gapCursor(),
      dropCursor({ color: false, class: 'drop-cursor' }),
      tableEditing(),
      problemsPlugin(),
    ];
    this.view = new EditorView(place, {
      state: EditorState.create({ doc: open.doc, plugins, selection: Selection.atStart(open.doc) }),
      nodeViews: blockViews(host),
      attributes: {
        class: 'story-text',
        role: 'textbox',
        'aria-multiline': 'true',
        'aria-label': words.text,
        lang: language,
        dir,
        spellcheck: 'true',
      },
      dispatchTransaction: (tr) => {
        const state = this.view.state.apply(tr);
        this.view.updateState(state);
        if (tr.docChanged && !tr.getMeta('opened')) this.later();
        options.onState(state);
        this.tellBlock();
      },
      handleDOMEvents: {
        blur: () => {
          this.flush();
          return false;
        },
      },
    });
    options.onState(this.view.state);
  }

  private later(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.flush(), writeAfterMs) as unknown as number;
  }

  /** Writes the text now, if it changed. @returns the body */
  flush(): string {
    clearTimeout(this.timer);
    const { doc } = this.view.state;
    if (doc === this.writtenDoc) return this.body;
    const { text, unsure, spans } = writeWithSlots(this.open, doc);
    this.writtenDoc = doc;
    this.spans = spans;
    if (unsure.length > 0 && !this.warned) this.options.host.announce(words.unsure);
    this.warned = unsure.length > 0;
    if (text !== this.body) {
      this.body = text;
      this.options.onChange(text);
    }
    return text;
  }

  /**
   * Replaces the whole text: an edit in the source view, or a restored version. It is one step that can be undone.
   */
  replace(open: OpenText): void {
    this.open = open;
    this.body = open.body;
    const { state } = this.view;
    const tr = closeHistory(state.tr).replaceWith(0, state.doc.content.size, open.doc.content);
    this.view.dispatch(tr.setMeta('opened', true));
    this.writtenDoc = this.view.state.doc;
    this.spans = open.slots.map((slot, block) => ({ block, ...slot }));
  }

  private tellBlock(): void {
    const block = this.view.state.selection.$from.index(0);
    if (block === this.block) return;
    this.block = block;
    const span = this.spans.findLast((one) => one.block <= block);
    this.options.onBlock(span?.start ?? 0);
  }

  /** The offset in the body of the caret, as near as can be known: the words before it are searched in its block. */
  caretOffset(): number {
    this.flush();
    const { $from } = this.view.state.selection;
    const block = $from.index(0);
    const span = this.spans.find((one) => one.block === block);
    if (!span) return this.spans.findLast((one) => one.block < block)?.end ?? 0;
    const source = this.body.slice(span.start, span.end);
    const before = $from.parent.isTextblock ? $from.parent.textBetween(0, $from.parentOffset, undefined, '\n') : '';
    for (let length = 30; length > 1; length--) {
      const words = before.slice(-length).split('\n').at(-1) ?? '';
      const at = words.trim() === '' ? -1 : source.indexOf(words);
      if (at >= 0) return span.start + at + words.length;
    }
    return span.start;
  }

  /** Goes to an offset in the body: to its block, and to its words if they can be found. */
  goTo(offset: number): void {
    const { doc } = this.view.state;
    const span = this.spans.findLast((one) => one.start <= offset) ?? this.spans[0];
    if (!span || span.block >= doc.childCount) return;
    let at = 0;
    for (let index = 0; index < span.block; index++) at += doc.child(index).nodeSize;
    const node = doc.child(span.block);
    let found = at + 1;
    if (offset > span.start) {
      const line = this.body.slice(span.start, offset).split('\n').at(-1) ?? '';
      for (let length = 30; length > 1 && found === at + 1; length--) {
        const words = line.slice(-length);
        node.descendants((child, inner) => {
          const index = child.isText && words.trim() !== '' ? (child.text ?? '').indexOf(words) : -1;
          if (index >= 0 && found === at + 1) found = at + 1 + inner + index + words.length;
        });
      }
    }
    const selection =
      node.isLeaf && NodeSelection.isSelectable(node)
        ? NodeSelection.create(doc, at)
        : TextSelection.near(doc.resolve(Math.min(found, doc.content.size)));
    this.view.dispatch(this.view.state.tr.setSelection(selection).scrollIntoView());
    this.view.focus();
  }

  showProblems(problems: readonly DeskProblem[]): void {
    const placed = problems.flatMap((problem) => {
      const span =
        problem.offset === undefined ? undefined : this.spans.findLast((one) => one.start <= problem.offset!);
      return span ? [{ ...problem, block: span.block }] : [];
    });
    this.view.dispatch(this.view.state.tr.setMeta(problemsKey, placed).setMeta('addToHistory', false));
  }

  destroy(): void {
    this.flush();
    this.view.destroy();
  }
}
