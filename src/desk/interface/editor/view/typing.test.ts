import { Schema } from '@milkdown/kit/prose/model';
import { EditorState } from '@milkdown/kit/prose/state';
import { expect, test } from 'vitest';
import { typingPlugin } from './typing.ts';

const schema = new Schema({ nodes: { doc: { content: 'paragraph' }, paragraph: { content: 'text*' }, text: {} } });

/** Presses one key in an empty paragraph. */
function press(charCode: number): { isHandled: boolean; text: string } {
  const plugin = typingPlugin();
  const view = {
    state: EditorState.create({ schema, plugins: [plugin] }),
    someProp: () => undefined,
    dispatch(transaction: Parameters<EditorState['apply']>[0]) {
      view.state = view.state.apply(transaction);
    },
  };
  const isHandled = plugin.props.handleKeyPress?.call(plugin, view as never, { charCode } as KeyboardEvent) === true;
  return { isHandled, text: view.state.doc.textContent };
}

test.each(['a', 'é', 'ש', '日', '\uffe5'])('%s is typed into the document', (sign) => {
  expect(press(sign.codePointAt(0)!)).toEqual({ isHandled: true, text: sign });
});

test.each([
  ['an emoji', 0x1f600],
  ['a rare Chinese character', 0x20bb7],
  ['the first half of an emoji', 0xd83d],
  ['the second half of an emoji', 0xde00],
  ['the Enter key', 13],
])('%s is left to the browser', (_, charCode) => {
  expect(press(charCode)).toEqual({ isHandled: false, text: '' });
});
