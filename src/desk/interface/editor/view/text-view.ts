import { dropCursor } from '@milkdown/kit/prose/dropcursor';
import { gapCursor } from '@milkdown/kit/prose/gapcursor';
import { EditorState, NodeSelection, Selection, TextSelection } from '@milkdown/kit/prose/state';
import { tableEditing } from '@milkdown/kit/prose/tables';
import { EditorView } from '@milkdown/kit/prose/view';
import type { DeskProblem } from '../../contract.ts';
import type { Writing } from '../markdown/processors.ts';
import { type OpenText, writeWithSlots } from '../markdown/story-text.ts';
import { words } from '../words.ts';
import { blockViews } from './block-views.tsx';
import { caretPlugin, readCaret } from './caret.ts';
import type { Host } from './host.ts';
import { keyPlugins } from './keys.ts';
import { pastePlugin } from './paste.ts';
import { problemsKey, problemsPlugin } from './problems.ts';
import { slashPlugin } from './slash.ts';
import { DocumentMoment, openGroups, type TextHistory } from './text-history.ts';
import { typingPlugin } from './typing.ts';

/** How long after the last key the text is written and handed on. */
const writeAfterMs = 120;

interface TextViewOptions {
  place: HTMLElement;
  host: Host;
  open: OpenText;
  language: string;
  dir: string;
  history: TextHistory;
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
  private writtenDoc: EditorState['doc'] | undefined;
  private readonly groups = openGroups();
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
      caretPlugin(),
      slashPlugin(host),
      pastePlugin(host, writing),
      ...keyPlugins(host),
      gapCursor(),
      dropCursor({ color: false, class: 'drop-cursor' }),
      tableEditing(),
      problemsPlugin(),
      typingPlugin(),
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
        const before = this.view.state;
        const state = before.apply(tr);
        this.view.updateState(state);
        if (tr.docChanged && !tr.getMeta('opened')) {
          options.history.add(this.momentOf(before), this.groups.isMore(tr));
          this.later();
        }
        options.onState(state);
        this.tellBlock();
      },
      handleDOMEvents: {
        blur: () => {
          this.flush();
          return false;
        },
        // The menu of the browser.
        beforeinput: (_, event) => {
          if (event.inputType !== 'historyUndo' && event.inputType !== 'historyRedo') return false;
          event.preventDefault();
          options.history[event.inputType === 'historyUndo' ? 'undo' : 'redo']();
          return true;
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
    readCaret(this.view);
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

  /** Replaces the whole text: an edit in the source view, or a restored version. */
  replace(open: OpenText): void {
    this.body = open.body;
    this.show(open, open.doc);
    this.writtenDoc = this.view.state.doc;
    this.spans = open.slots.map((slot, block) => ({ block, ...slot }));
  }

  /** Returns to a document that was there before, and hands its text on. */
  restore({ open, doc, selection }: DocumentMoment): void {
    this.show(open, doc, selection);
    this.writtenDoc = undefined;
    this.flush();
    if (!this.view.hasFocus()) this.revealCaret();
  }

  now(): DocumentMoment {
    return this.momentOf(this.view.state);
  }

  private momentOf({ doc, selection }: EditorState): DocumentMoment {
    return new DocumentMoment(this.open, doc, selection.getBookmark());
  }

  /** Blocks that are the same stay, so their views stay too, and each keeps what is known about its bytes. */
  private show(open: OpenText, { content }: EditorState['doc'], selection?: DocumentMoment['selection']): void {
    this.open = open;
    this.groups.close();
    const { tr, doc } = this.view.state;
    const most = Math.min(doc.childCount, content.childCount);
    let [head, tail] = [0, 0];
    while (head < most && doc.child(head) === content.child(head)) head++;
    while (head + tail < most && doc.child(doc.childCount - 1 - tail) === content.child(content.childCount - 1 - tail))
      tail++;
    const sizeOf = (nodes: readonly { nodeSize: number }[]) => nodes.reduce((sum, node) => sum + node.nodeSize, 0);
    const from = sizeOf(doc.content.content.slice(0, head));
    const to = doc.content.size - sizeOf(doc.content.content.slice(doc.childCount - tail));
    tr.replaceWith(from, to, content.content.slice(head, content.childCount - tail));
    if (selection) tr.setSelection(selection.resolve(tr.doc)).scrollIntoView();
    this.view.dispatch(tr.setMeta('opened', true));
  }

  /** The focus stays where it is, such as in a field of the form. */
  private revealCaret(): void {
    const { node } = this.view.domAtPos(this.view.state.selection.head);
    (node instanceof HTMLElement ? node : node.parentElement)?.scrollIntoView({ block: 'nearest' });
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
    // To draw them, ProseMirror puts the caret where it knows it.
    readCaret(this.view);
    const placed = problems.flatMap((problem) => {
      const span =
        problem.offset === undefined ? undefined : this.spans.findLast((one) => one.start <= problem.offset!);
      return span ? [{ ...problem, block: span.block }] : [];
    });
    this.view.dispatch(this.view.state.tr.setMeta(problemsKey, placed));
  }

  destroy(): void {
    this.flush();
    this.view.destroy();
  }
}
