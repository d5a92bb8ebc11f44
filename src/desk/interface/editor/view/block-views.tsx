import type { Node } from '@milkdown/kit/prose/model';
import { NodeSelection, TextSelection } from '@milkdown/kit/prose/state';
import type { EditorView, NodeView } from '@milkdown/kit/prose/view';
import { render } from 'preact';
import { schema } from '../markdown/schema.ts';
import { BlockHead, type BlockHeadProps } from '../parts/block-head.tsx';
import { words } from '../words.ts';
import type { Host } from './host.ts';
import { nameOf } from './names.ts';

/** A block with a head: its name, its details as a form, and a button that deletes it. Its content, if any, is below. */
class BlockView implements NodeView {
  readonly dom: HTMLElement;
  readonly contentDOM?: HTMLElement;
  private readonly head: HTMLElement;
  private isOpen = false;
  private node: Node;
  private readonly view: EditorView;
  private readonly pos: () => number | undefined;
  private readonly host: Host;

  constructor(node: Node, view: EditorView, pos: () => number | undefined, host: Host) {
    this.node = node;
    this.view = view;
    this.pos = pos;
    this.host = host;
    this.dom = document.createElement('section');
    this.dom.className = `block block-${node.type.name}`;
    this.dom.setAttribute('role', 'group');
    this.head = document.createElement('div');
    this.head.className = 'block-top';
    this.head.contentEditable = 'false';
    this.dom.append(this.head);
    if (!node.isLeaf) {
      this.contentDOM = document.createElement('div');
      this.contentDOM.className = 'block-content';
      this.dom.append(this.contentDOM);
    }
    this.draw();
  }

  update(node: Node): boolean {
    if (node.type !== this.node.type) return false;
    const isSame = node.sameMarkup(this.node) && (node.childCount === 0) === (this.node.childCount === 0);
    this.node = node;
    if (!isSame) this.draw();
    return true;
  }

  private draw(): void {
    this.dom.setAttribute('aria-label', nameOf(this.node));
    const props: BlockHeadProps = {
      node: this.node,
      name: nameOf(this.node),
      host: this.host,
      isOpen: this.isOpen,
      onOpen: (isOpen) => {
        this.isOpen = isOpen;
        this.draw();
      },
      onAttrs: (attrs) => {
        const at = this.pos();
        if (at !== undefined)
          this.view.dispatch(this.view.state.tr.setNodeMarkup(at, null, { ...this.node.attrs, ...attrs }));
      },
      onRemove: () => this.remove(),
      onAddText: this.node.type.name === 'component' && this.node.childCount === 0 ? () => this.addText() : undefined,
      onSelect: () => {
        const at = this.pos();
        if (at === undefined) return;
        this.view.dispatch(this.view.state.tr.setSelection(NodeSelection.create(this.view.state.doc, at)));
        this.view.focus();
      },
    };
    render(<BlockHead {...props} />, this.head);
  }

  private remove(): void {
    const at = this.pos();
    if (at === undefined) return;
    const tr = this.view.state.tr.delete(at, at + this.node.nodeSize);
    this.view.dispatch(
      tr.setSelection(TextSelection.near(tr.doc.resolve(Math.min(at, tr.doc.content.size)))).scrollIntoView(),
    );
    this.view.focus();
    this.host.announce(words.removed(nameOf(this.node)));
  }

  private addText(): void {
    const at = this.pos();
    if (at === undefined) return;
    const tr = this.view.state.tr.insert(at + 1, schema.nodes.paragraph!.create());
    this.view.dispatch(tr.setSelection(TextSelection.create(tr.doc, at + 2)));
    this.view.focus();
  }

  selectNode(): void {
    this.dom.classList.add('is-selected');
  }

  deselectNode(): void {
    this.dom.classList.remove('is-selected');
  }

  /** Keys and clicks in the head are for its controls. */
  stopEvent(event: Event): boolean {
    if (!this.head.contains(event.target as globalThis.Node)) return false;
    return !/^(?:drag|drop)/.test(event.type);
  }

  ignoreMutation(mutation: { target: globalThis.Node }): boolean {
    return !this.contentDOM?.contains(mutation.target) || mutation.target === this.dom;
  }

  destroy(): void {
    render(null, this.head);
  }
}

/** The views of blocks that are more than text. */
export const blockViews = (host: Host) =>
  Object.fromEntries(
    ['component', 'component_leaf', 'picture', 'note', 'source', 'footnote'].map((name) => [
      name,
      (node: Node, view: EditorView, pos: () => number | undefined) => new BlockView(node, view, pos, host),
    ]),
  );
