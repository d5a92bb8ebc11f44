import { useSignal } from '@preact/signals';
import { useCallback, useEffect, useState } from 'preact/hooks';
import type { DeskProblem } from '../contract.ts';
import { nameOfFront, useFrontPanes } from '../fronts/front-desk.tsx';
import { Tabs } from '../parts/tabs.tsx';
import { PictureChoice } from '../pictures/choice.ts';
import { PicturesDialog } from '../pictures/pictures-dialog.tsx';
import { Preview } from '../preview/preview.tsx';
import { PreviewOfFile } from '../preview/preview-of-file.ts';
import type { OpenFile } from '../state/open-file.ts';
import { words } from '../words.ts';
import { Bar } from './bar.tsx';
import { Compare } from './compare.tsx';
import { FormPane } from './form-pane.tsx';
import type { GoTo } from './go-to.ts';
import { Notices } from './notices.tsx';
import { Panes } from './panes.tsx';
import { Problems } from './problems.tsx';
import { TextPane } from './text-pane.tsx';
import { useWide } from './wide.ts';

/** The story's text, form, and page side by side, or as tabs where there is no room. */
export function Desktop({ file, isAlsoOpen }: { file: OpenFile; isAlsoOpen: boolean }) {
  const isWide = useWide();
  const tab = useSignal('text');
  const goTo = useSignal<GoTo>({});
  const [preview] = useState(() => new PreviewOfFile(file));
  const [pictures] = useState(() => new PictureChoice(file));
  useEffect(() => {
    preview.start();
    return () => preview.stop();
  }, [preview]);

  const jump = (problem: DeskProblem) => {
    if (problem.field && !isWide) tab.value = 'form';
    if (problem.offset !== undefined && !isWide) tab.value = 'text';
    goTo.value = { field: problem.field, offset: problem.offset };
  };

  const onBlock = useCallback(
    (offset: number) => {
      if (!isWide) tab.value = 'text';
      goTo.value = { offset };
    },
    [isWide],
  );

  const front = useFrontPanes(file, { goTo: goTo.value, preview, isWide });
  // A file that cannot be read, or is edited as a whole, is text.
  const isArranged = front.length > 0 && file.text.value === undefined;
  const text = <TextPane file={file} goTo={goTo.value} preview={preview} pictures={pictures} />;
  const form = <FormPane file={file} goTo={goTo.value} preview={preview} pictures={pictures} />;
  const page = <Preview preview={preview} onBlock={onBlock} />;

  const asForm = { id: 'form', label: words.story.form, content: form };
  const asText = { id: 'text', label: words.story.text, content: text };
  const asPage = { id: 'page', label: words.story.page, content: page };

  return (
    <div class={isArranged ? 'story is-front' : 'story'}>
      <h1 class="hidden">{words.story.heading(titleOf(file))}</h1>
      <Bar file={file} preview={preview} />
      <Notices file={file} isAlsoOpen={isAlsoOpen} />
      {isWide ? (
        <Panes
          above={<Problems file={file} preview={preview} onJump={jump} />}
          panes={isArranged ? [...front, asPage] : [asForm, asText, asPage]}
        />
      ) : (
        <>
          <Problems file={file} preview={preview} onJump={jump} />
          <Tabs
            label={words.story.parts}
            value={tab.value}
            onChange={(id) => (tab.value = id)}
            tabs={(isArranged ? [...front, asPage] : [asText, asForm, asPage]).map(({ content, ...tab }) => ({
              ...tab,
              panel: content,
            }))}
          />
        </>
      )}
      <Compare file={file} />
      <PicturesDialog choice={pictures} />
    </div>
  );
}

/** What people call a file. */
const titleOf = ({ kind, path, values }: OpenFile): string =>
  kind === 'front' ? nameOfFront(path) : String(values.value.headline ?? path);
