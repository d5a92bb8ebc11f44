import { Fragment, type Node, Slice } from '@milkdown/kit/prose/model';
import { Plugin, TextSelection } from '@milkdown/kit/prose/state';
import type { EditorView } from '@milkdown/kit/prose/view';
import { picturesAmong } from '../../pictures/files.ts';
import { stringifyMarkdown, type Writing } from '../markdown/processors.ts';
import { schema } from '../markdown/schema.ts';
import { openText } from '../markdown/story-text.ts';
import { rootOf } from '../markdown/to-mdast.ts';
import { words } from '../words.ts';
import { addressOf, insertBlocks, isAddress, setLink } from './commands.ts';
import type { Host } from './host.ts';
import { withoutPictures, withPicturesOfRtf } from './rtf-pictures.ts';

/*
 * What comes in from outside. HTML goes to the server, which reads it as an import does, so the browser never puts it
 * into a page. What the editor itself copied comes back as Markdown.
 */

/** More than this at once is an import. The caret would wait for seconds. */
export const pasteCharsMax = 200_000;
/** HTML from a word processor is up to ten times as long as its text. */
export const pasteHtmlMax = 8_000_000;

/** With its pictures. More does not fit into one request. */
const pastePicturesMax = 14_000_000;

const own = 'application/x-broadsheet-markdown';

export function pastePlugin(host: Host, writing: () => Writing): Plugin {
  const copy = (view: EditorView, event: ClipboardEvent, isCut: boolean): boolean => {
    const { selection } = view.state;
    if (selection.empty || !event.clipboardData) return false;
    const blocks = blocksOf(selection.content());
    let markdown: string;
    try {
      markdown = stringifyMarkdown(rootOf(blocks), writing()).replace(/\n$/, '');
    } catch {
      return false;
    }
    event.preventDefault();
    event.clipboardData.setData(own, markdown);
    event.clipboardData.setData('text/plain', markdown);
    if (isCut && view.editable) view.dispatch(view.state.tr.deleteSelection().scrollIntoView());
    return true;
  };
  return new Plugin({
    props: {
      handleDOMEvents: {
        copy: (view, event) => copy(view, event, false),
        cut: (view, event) => copy(view, event, true),
        paste(view, event) {
          if (isInForm(event)) return false;
          if (!view.editable || !event.clipboardData) return false;
          event.preventDefault();
          void take(view, host, event.clipboardData);
          return true;
        },
        drop(view, event) {
          const { pictures, others } = picturesAmong(event.dataTransfer?.files);
          if (others.length > 0) host.tell(words.noPictures(others.map(({ name }) => name)));
          if (pictures.length + others.length > 0) {
            event.preventDefault();
            const at = view.posAtCoords({ left: event.clientX, top: event.clientY });
            if (at) view.dispatch(view.state.tr.setSelection(TextSelection.near(view.state.doc.resolve(at.pos))));
            if (pictures.length > 0) void insertPictures(view, host, pictures);
            return true;
          }
          // What comes from elsewhere is read like a paste. A block of this text is moved by ProseMirror.
          if (!event.dataTransfer || view.dragging) return false;
          event.preventDefault();
          void take(view, host, event.dataTransfer);
          return true;
        },
      },
    },
  });
}

const isInForm = (event: Event): boolean =>
  event.target instanceof HTMLElement && event.target.closest('.block-top') !== null;

/** A selection within one paragraph is a paragraph, so that it can be written. */
function blocksOf(slice: Slice): Node[] {
  const nodes = [...slice.content.content];
  return nodes.every((node) => node.isBlock) ? nodes.map(wrapPart) : [schema.nodes.paragraph!.create(null, nodes)];
}

const wrapPart = (node: Node): Node => {
  if (node.type.name === 'list_item') return schema.nodes.bullet_list!.create(null, node);
  if (node.type.name === 'table_row') return schema.nodes.table!.create({ align: [] }, node);
  return node;
};

async function take(view: EditorView, host: Host, data: DataTransfer): Promise<unknown> {
  // Everything is read now, because the data is gone after the event.
  const { pictures, others } = picturesAmong(data.files);
  const html = withPicturesOfRtf(data.getData('text/html'), () => data.getData('text/rtf'));
  const text = data.getData('text/plain').replace(/\r\n?/g, '\n');
  const markdown = data.getData(own);
  if (view.state.selection.$from.parent.type.spec.code) return insertPlain(view, host, text);
  if (markdown !== '') return insertMarkdown(view, host, markdown, host.isMdx, text);
  if (isAddress(text) && !text.trim().includes('\n') && !view.state.selection.empty) {
    return setLink(addressOf(text))(view.state, view.dispatch);
  }
  if (html.trim() !== '' && !isOnlyText(html)) {
    const bare = withoutPictures(html);
    if (bare.length > pasteHtmlMax || text.length > pasteCharsMax)
      return host.tell(words.tooLong(Math.max(text.length, bare.length), pasteCharsMax));
    const isTooLarge = html.length > pastePicturesMax;
    if (isTooLarge) host.tell(words.picturesTooLarge);
    return pasteAsked(view, host, { html: isTooLarge ? bare : html }, text);
  }
  if (others.length > 0) host.tell(words.noPictures(others.map(({ name }) => name)));
  if (pictures.length > 0) return insertPictures(view, host, pictures);
  // Several paragraphs can be the copy of a whole story.
  if (host.props().offerCopy && text.length <= pasteCharsMax && text.trim().split(/\n+/).length > 2)
    return pasteAsked(view, host, { text }, text);
  return insertPlain(view, host, text);
}

/** Some programs wrap plain text in a tag or two. */
const isOnlyText = (html: string): boolean =>
  html.length < 2000 && !/<(?!\/?(?:html|head|body|meta|span|!--)\b)[a-z]/i.test(html);

/** @param text what is inserted if the server cannot read it */
async function pasteAsked(
  view: EditorView,
  host: Host,
  pasted: { html?: string; text?: string },
  text: string,
): Promise<void> {
  host.announce(words.pasting);
  try {
    const { markdown, isMdx, notes, copy } = await host.props().paste(pasted);
    if (view.isDestroyed) return;
    if (copy && (await host.props().offerCopy?.(copy))) {
      if (view.isDestroyed) return;
      insertMarkdown(view, host, copy.markdown, copy.isMdx && host.isMdx, text);
    } else if (view.isDestroyed) return;
    else if (pasted.html === undefined) insertPlain(view, host, text);
    else insertMarkdown(view, host, markdown, isMdx && host.isMdx, text);
    host.announce(words.pasted);
    if (notes.length > 0) host.tell(notes.join(' '));
  } catch {
    if (view.isDestroyed) return;
    insertPlain(view, host, text);
    // Plain text needs no reading.
    if (pasted.html !== undefined) host.tell(words.pasteFailed);
  }
}

function insertMarkdown(view: EditorView, host: Host, markdown: string, isMdx: boolean, text: string) {
  if (markdown.length > pasteCharsMax) return host.tell(words.tooLong(markdown.length, pasteCharsMax));
  const opened = openText(markdown.trim(), isMdx, '\n');
  if (!('doc' in opened)) return insertPlain(view, host, text || markdown);
  insertContent(view, host, opened.doc.content, text);
}

function insertContent(view: EditorView, host: Host, content: Fragment, text: string): void {
  const only = content.childCount === 1 ? content.firstChild : null;
  const { tr, selection } = view.state;
  const isText = only?.type.name === 'paragraph';
  if (selection.$from.parent.isTextblock && (isText || inCell(view))) {
    const inline = isText ? only!.content : inlineOf(content);
    if (!isText) host.tell(words.onlyPlain);
    view.dispatch(tr.replaceSelection(new Slice(inline, 0, 0)).scrollIntoView());
    return;
  }
  try {
    const isOpen = (node: Node | null): number => (node?.type.name === 'paragraph' ? 1 : 0);
    const slice = new Slice(content, isOpen(content.firstChild), isOpen(content.lastChild));
    view.dispatch(tr.replaceSelection(slice).scrollIntoView().setMeta('paste', true));
  } catch {
    insertPlain(view, host, text);
    host.tell(words.onlyPlain);
  }
}

const inCell = (view: EditorView): boolean => /^table/.test(view.state.selection.$from.node(-1)?.type.name ?? '');

const inlineOf = (content: Fragment): Fragment => {
  const text = content.textBetween(0, content.size, ' ');
  return text === '' ? Fragment.empty : Fragment.from(schema.text(text));
};

/** Plain text: empty lines separate paragraphs. */
function insertPlain(view: EditorView, host: Host, text: string) {
  if (text === '') return;
  if (text.length > pasteCharsMax) return host.tell(words.tooLong(text.length, pasteCharsMax));
  const { tr, selection } = view.state;
  if (selection.$from.parent.type.spec.code) {
    view.dispatch(tr.insertText(text).scrollIntoView());
    return;
  }
  const paragraphs = text
    .split(/\n[ \t]*\n\s*/)
    .map((part) => part.replace(/\s*\n\s*/g, ' ').trim())
    .filter((part) => part !== '')
    .map((part) => schema.nodes.paragraph!.create(null, schema.text(part)));
  if (paragraphs.length === 0) return;
  const content = Fragment.from(paragraphs);
  if (paragraphs.length === 1 || inCell(view)) {
    view.dispatch(tr.replaceSelection(new Slice(inlineOf(content), 0, 0)).scrollIntoView());
    return;
  }
  view.dispatch(
    tr
      .replaceSelection(new Slice(content, 1, 1))
      .scrollIntoView()
      .setMeta('paste', true),
  );
}

/** Opens one dialog for all pictures, and inserts what was chosen in one step. */
export async function insertPictures(view: EditorView, host: Host, files?: File[]): Promise<void> {
  const { choosePicture, choosePictures } = host.props();
  const chosen = files ? await choosePictures(files) : [await choosePicture()].filter((one) => one !== undefined);
  if (view.isDestroyed) return;
  const blocks = chosen.map(({ src, alt = '', caption }) =>
    schema.nodes.picture!.create({ src, alt, title: caption || null }),
  );
  if (blocks.length > 0) view.dispatch(insertBlocks(view.state, blocks));
  view.focus();
}
