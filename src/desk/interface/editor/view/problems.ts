import { Plugin, PluginKey } from '@milkdown/kit/prose/state';
import { Decoration, DecorationSet } from '@milkdown/kit/prose/view';
import type { DeskProblem } from '../../contract.ts';
import { words } from '../words.ts';

/** Problems and the blocks that they are about: the index of the block in the document. */
export type PlacedProblem = DeskProblem & { block: number };

const key = new PluginKey<DecorationSet>('problems');

/** Shows problems below their block. */
export const problemsPlugin = (): Plugin =>
  new Plugin<DecorationSet>({
    key,
    state: {
      init: () => DecorationSet.empty,
      apply(tr, set) {
        const problems = tr.getMeta(key) as PlacedProblem[] | undefined;
        if (!problems) return set.map(tr.mapping, tr.doc);
        const decorations: Decoration[] = [];
        tr.doc.forEach((node, offset, index) => {
          const here = problems.filter(({ block }) => block === index);
          if (here.length === 0) return;
          const severity = here.some((problem) => problem.severity === 'error') ? 'error' : 'warning';
          decorations.push(
            Decoration.node(offset, offset + node.nodeSize, { class: `has-problem ${severity}` }),
            Decoration.widget(offset + node.nodeSize, () => draw(here), {
              side: -1,
              key: JSON.stringify(here.map(({ says }) => says)),
            }),
          );
        });
        return DecorationSet.create(tr.doc, decorations);
      },
    },
    props: { decorations: (state) => key.getState(state) },
  });

function draw(problems: readonly PlacedProblem[]): HTMLElement {
  const list = document.createElement('ul');
  list.className = 'block-problems';
  list.contentEditable = 'false';
  for (const { severity, says, todo } of problems) {
    const item = document.createElement('li');
    item.className = severity;
    item.textContent = `${words.problem}: ${says}${todo ? ` ${todo}` : ''}`;
    list.append(item);
  }
  return list;
}

export { key as problemsKey };
