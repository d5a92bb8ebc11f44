import { useSignal } from '@preact/signals';
import type { ComponentType } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { api } from '../api.ts';
import type { DeskProblem, StoryCopy } from '../contract.ts';
import { loadEditor } from '../editor/index.ts';
import type { StoryEditorProps } from '../editor/props.ts';
import { offsetOfLine } from '../editor/source/places.ts';
import { Group } from '../parts/group.tsx';
import type { PictureChoice } from '../pictures/choice.ts';
import { PictureCredits } from '../pictures/credits.ts';
import { thumbnailOf } from '../pictures/thumbnails.ts';
import type { PreviewOfFile } from '../preview/preview-of-file.ts';
import { announce, speak } from '../state/announce.ts';
import type { TextMoment } from '../state/history.ts';
import type { OpenFile } from '../state/open-file.ts';
import { forms, session } from '../state/session.ts';
import { words } from '../words.ts';
import { CopyDialog, OfferedCopies } from './copy-dialog.tsx';
import type { GoTo } from './go-to.ts';
import { Head } from './head.tsx';
import { MdxDialog } from './mdx-dialog.tsx';
import { travel } from './undo.ts';

interface TextPaneProps {
  file: OpenFile;
  goTo: GoTo;
  preview: PreviewOfFile;
  pictures: PictureChoice;
}

/** The headline, the standfirst, and the text, as they are read. One key away is the source. */
export function TextPane({ file, goTo, preview, pictures }: TextPaneProps) {
  const Editor = useSignal<ComponentType<StoryEditorProps> | undefined>(undefined);
  const view = useSignal<'text' | 'source'>('text');
  const isMdxOffered = useSignal(false);
  const why = useSignal<string | undefined>(undefined);
  const [credits] = useState(() => new PictureCredits(file));
  const [copies] = useState(() => new OfferedCopies(file));
  useEffect(() => {
    void loadEditor().then((loaded) => (Editor.value = loaded));
  }, []);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && event.shiftKey && event.key.toLowerCase() === 'e') {
        event.preventDefault();
        view.value = view.value === 'text' ? 'source' : 'text';
        speak(view.value === 'text' ? words.story.textView : words.story.sourceView);
      }
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);

  const isWhole = file.text.value !== undefined;
  const all = preview.problems.value ?? file.problems.value;
  const version = file.version.value;
  // The editor keeps the text while one types. It gets it again only when it was replaced from outside.
  const value = useMemo(() => (isWhole ? (file.text.peek() ?? '') : file.body.peek()), [version, isWhole, file]);
  const shown = useRef<{ offset: number } | undefined>(undefined);
  const aim = useMemo(() => {
    if (goTo.offset !== undefined) shown.current = { offset: goTo.offset };
    const line = file.base.value.fault?.line;
    if (isWhole && line) shown.current = { offset: offsetOfLine(value, line) };
    return shown.current;
  }, [goTo, isWhole, value]);
  const { fault } = file.base.value;
  const marks = useMemo(() => {
    if (!isWhole) return all.filter(({ offset }) => offset !== undefined);
    // In the whole file, a problem is at its line, wherever the body begins.
    const found: DeskProblem[] = all.filter(({ line }) => line !== undefined && line !== fault?.line);
    if (fault) found.push({ rule: '', severity: 'error', says: fault.says, line: fault.line });
    return found
      .map((problem) => ({ ...problem, offset: offsetOfLine(value, problem.line ?? 1) }))
      .sort((a, b) => a.offset - b.offset);
  }, [all, isWhole, fault, value]);
  const history = useMemo(
    () => ({
      add: (before: TextMoment, isMore: boolean) => file.history.addText(before, isMore),
      undo: () => travel(file, 'undo'),
      redo: () => travel(file, 'redo'),
      canUndo: file.history.canUndo,
      canRedo: file.history.canRedo,
    }),
    [file],
  );
  useEffect(
    () => () => {
      file.history.editor = undefined;
    },
    [file],
  );
  const Loaded = Editor.value;
  const now = isWhole ? 'source' : view.value;

  return (
    <div class="text-pane">
      {!isWhole && <Head file={file} goTo={goTo} problems={all} />}
      {!isWhole && (
        <Group class="view-switch" name={words.story.viewOfText}>
          {(['text', 'source'] as const).map((name) => (
            <button
              key={name}
              type="button"
              aria-pressed={view.value === name}
              aria-keyshortcuts="Control+Shift+E"
              onClick={() => (view.value = name)}
            >
              {words.story.viewNames[name]}
            </button>
          ))}
        </Group>
      )}
      {why.value && !isWhole && <p class="pane-note">{why.value}</p>}
      <div class="editor">
        {Loaded ? (
          <Loaded
            value={value}
            version={version * 2 + (isWhole ? 1 : 0)}
            path={file.path}
            eol={file.eol}
            view={now}
            onChange={(text) => (isWhole ? file.setText(text) : file.setBody(text))}
            onSourceOnly={(reason) => {
              why.value = reason;
              view.value = 'source';
            }}
            onView={(name) => (view.value = name)}
            onBlock={(offset) => preview.scrollTo(offset)}
            problems={marks}
            {...(aim && { goTo: aim })}
            choosePicture={(files = []) => pictures.ask({ files, isForText: true })}
            choosePictures={(files) => pictures.askAll({ files, isForText: true })}
            creditOf={(src) => credits.of(src)}
            onCredit={(src, credit) => credits.set(src, credit)}
            findStories={async (query) => (await api.link(query)).stories}
            paste={(pasted) => api.paste(pasted, file.path)}
            offerMdx={() => (isMdxOffered.value = true)}
            {...(file.kind === 'story' && { offerCopy: (copy: StoryCopy) => copies.offer(copy) })}
            thumbnail={(name, width) => thumbnailOf(file.path, name, width)}
            elements={forms.value?.elements ?? {}}
            choices={{
              sections: session.value?.site.sections ?? [],
              authors: session.value?.authors ?? [],
              topics: session.value?.topics ?? [],
              series: session.value?.series ?? [],
              findPictures: async (query) => (await api.pictures(query, 0)).pictures,
            }}
            timeZone={session.value?.site.timeZone ?? 'UTC'}
            announce={speak}
            tell={(message) => announce(message, 'bad')}
            language={session.value?.site.language ?? 'en'}
            history={history}
            onReady={(editor) => {
              file.history.editor = editor;
            }}
          />
        ) : (
          <p class="loading">{words.story.loadingEditor}</p>
        )}
      </div>
      <CopyDialog copies={copies} />
      {isMdxOffered.value && <MdxDialog file={file} onClose={() => (isMdxOffered.value = false)} />}
    </div>
  );
}
