import { render } from 'preact';
import { loadEditor } from '../../src/desk/interface/editor/index.ts';
// As in the desk, whose first view has the fields of forms.
import '../../src/desk/interface/form/index.ts';
import type { EditorHandle, StoryEditorProps } from '../../src/desk/interface/editor/props.ts';

// The page that tests of the editor open: the editor alone, with a story view that answers from memory.

interface Opened {
  body: string;
  changes: number;
  said: string[];
  /** Why the text can only be shown as source. */
  sourceOnly?: string;
  block?: number;
  handle?: EditorHandle;
  /** Draws the editor again, as the view around it does. */
  draw(more: Partial<StoryEditorProps>): void;
}

declare global {
  interface Window {
    editor: { open(body: string, isMdx: boolean, more?: Partial<StoryEditorProps>): Promise<Opened>; opened?: Opened };
  }
}

/** What the server would answer. */
const elements = (await (await fetch('/elements.json')).json()) as StoryEditorProps['elements'];

const place = document.getElementById('desk')!;
let version = 0;

window.editor = {
  async open(body, isMdx, more) {
    const Editor = await loadEditor();
    const own = ++version;
    const opened: Opened = { body, changes: 0, said: [], draw: () => undefined };
    window.editor.opened = opened;
    render(null, place);
    await new Promise<void>((ready) => {
      const draw = (now?: Partial<StoryEditorProps>) =>
        render(
          <Editor
            key={own}
            value={body}
            version={own}
            path={isMdx ? 'stories/a/index.mdx' : 'stories/a/index.md'}
            eol={body.includes('\r\n') ? '\r\n' : '\n'}
            view="text"
            onChange={(now) => {
              opened.body = now;
              opened.changes++;
            }}
            onSourceOnly={(why) => {
              opened.sourceOnly = why;
            }}
            onBlock={(offset) => {
              opened.block = offset;
            }}
            problems={[]}
            choosePicture={async () => ({ src: 'chosen.jpg', alt: 'A chosen picture', caption: 'The caption' })}
            findStories={async (query) => [
              { path: 'stories/b/index.md', id: '2026/11/b', headline: `Story about ${query}` },
            ]}
            choosePictures={async (files) =>
              files.map(({ name }) => ({ src: name, alt: `Alt of ${name}`, caption: 'The caption' }))
            }
            paste={async ({ html = '' }) => ({
              markdown: html.includes('<article>')
                ? 'x'.repeat(5_000_000)
                : `## Pasted\n\nFrom **${html.length}** characters.`,
              isMdx: false,
              notes: [],
            })}
            thumbnail={async () => Promise.reject(new Error('none'))}
            elements={elements}
            announce={(message) => opened.said.push(message)}
            tell={(message) => opened.said.push(message)}
            language="en"
            onReady={(handle) => {
              opened.handle = handle;
              // The views are made in the effects of this drawing.
              setTimeout(ready);
            }}
            {...more}
            {...now}
          />,
          place,
        );
      opened.draw = draw;
      draw();
    });
    return opened;
  },
};
