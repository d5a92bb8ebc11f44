import type { Command } from '@milkdown/kit/prose/state';
import {
  addColumnAfter,
  addColumnBefore,
  addRowAfter,
  addRowBefore,
  deleteColumn,
  deleteRow,
  deleteTable,
} from '@milkdown/kit/prose/tables';
import type { FormDescription } from '../../../form/description.ts';
import type { MenuItem } from '../../parts/menu.tsx';
import { schema } from '../markdown/schema.ts';
import { words } from '../words.ts';
import { codeBlock, component, footnote, heading, insert, list, paragraph, quote, rule, table } from './commands.ts';
import { readableName } from './names.ts';

/** Something that can be inserted, from the toolbar or after a slash. */
export interface Insertable {
  id: string;
  label: string;
  help?: string;
  command: Command | 'picture' | 'mdx';
}

/**
 * Whatever can be inserted. Components exist only in MDX, so a Markdown story offers to become MDX.
 *
 * @param withStyles includes headings and lists, for the slash menu
 */
export function insertables(
  elements: Record<string, FormDescription>,
  isMdx: boolean,
  withStyles: boolean,
): Insertable[] {
  const styles: Insertable[] = [
    { id: 'paragraph', label: words.paragraph, command: paragraph },
    { id: 'heading', label: words.heading, command: heading(2) },
    { id: 'subheading', label: words.smallHeading, command: heading(3) },
    { id: 'bullets', label: words.bullets, command: list('bullet_list') },
    { id: 'numbers', label: words.numbers, command: list('ordered_list') },
    { id: 'quote', label: words.quote, command: quote },
    { id: 'code', label: words.codeBlock, command: codeBlock },
  ];
  const blocks: Insertable[] = [
    { id: 'picture', label: words.picture, command: 'picture' },
    { id: 'table', label: words.table, command: table },
    { id: 'footnote', label: words.footnote, command: footnote },
    { id: 'rule', label: words.partLine, command: rule },
  ];
  const components: Insertable[] = isMdx
    ? [
        {
          id: 'note',
          label: words.note,
          help: words.noteHelp,
          command: insert(() => [schema.nodes.note!.create({ text: '' })]),
        },
        ...Object.entries(elements)
          .filter(([name]) => name !== 'Picture')
          .map(([name, description]) => ({
            id: `component-${name}`,
            label: readableName(name),
            help: description.help,
            command: insert(() => [component(name, description.content)]),
          })),
      ]
    : [{ id: 'mdx', label: words.component, help: words.componentHelp, command: 'mdx' }];
  return [...(withStyles ? styles : []), ...blocks, ...components];
}

/** What can be done with the table around the caret. */
export const tableItems = (run: (command: Command) => () => void): MenuItem[] => [
  { id: 'row-above', label: words.rowAbove, onSelect: run(addRowBefore) },
  { id: 'row-below', label: words.rowBelow, onSelect: run(addRowAfter) },
  { id: 'column-before', label: words.columnBefore, onSelect: run(addColumnBefore) },
  { id: 'column-after', label: words.columnAfter, onSelect: run(addColumnAfter) },
  { id: 'delete-row', label: words.deleteRow, onSelect: run(deleteRow) },
  { id: 'delete-column', label: words.deleteColumn, onSelect: run(deleteColumn) },
  { id: 'delete-table', label: words.deleteTable, onSelect: run(deleteTable) },
];
