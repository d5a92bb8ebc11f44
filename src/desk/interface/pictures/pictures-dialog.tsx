import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { ApiError, api } from '../api.ts';
import type { PictureFacts } from '../contract.ts';
import type { ChosenPicture } from '../editor/props.ts';
import { Dialog } from '../parts/dialog.tsx';
import { Fault } from '../parts/fault.tsx';
import { Tabs } from '../parts/tabs.tsx';
import { announce, speak } from '../state/announce.ts';
import { words } from '../words.ts';
import type { PictureChoice } from './choice.ts';
import { type Draft, isComplete } from './draft.ts';
import { Library } from './library.tsx';
import { PictureForm } from './picture-form.tsx';
import { Upload } from './upload.tsx';

/** Chooses, uploads, or takes a picture, then asks for its texts and its focus. */
export function PicturesDialog({ choice }: { choice: PictureChoice }) {
  return choice.asked.value ? <Open choice={choice} /> : null;
}

function Open({ choice }: { choice: PictureChoice }) {
  const asked = choice.asked.value!;
  const tab = useSignal('new');
  const error = useSignal<ApiError | undefined>(undefined);
  const waiting = useSignal<string | undefined>(undefined);
  /** Those that are to be described, in their order, and which of them is shown. */
  const drafts = useSignal<Draft[]>([]);
  const at = useSignal(0);
  const count = useSignal(1);
  const chosen = useSignal<ChosenPicture[]>([]);
  const isClosed = useRef(false);
  const { file } = choice;
  const draft = drafts.value[at.value];
  const total = waiting.value === undefined ? drafts.value.length : count.value;

  /** One after the other: 200 pictures at once would be in memory together. */
  const upload = async (files: File[]) => {
    error.value = undefined;
    count.value = files.length;
    const failures: { name: string; failure: ApiError }[] = [];
    for (const [index, one] of files.entries()) {
      // Somebody who finishes early wants the others in the library. Somebody who chose nothing wants none.
      if (isClosed.current && chosen.value.length === 0) break;
      waiting.value = words.pictures.uploading(one.name, index + 1, files.length);
      try {
        const { name, facts } = await api.upload(file.path, one.name || words.pictures.pastedName, one);
        const added = { src: name, path: folderOf(file.path) + name, facts, texts: fromFacts(facts) };
        // The same picture twice has one name.
        if (!drafts.value.some(({ src }) => src === name)) drafts.value = [...drafts.value, added];
      } catch (failure) {
        if (!(failure instanceof ApiError)) throw failure;
        failures.push({ name: one.name, failure });
        error.value = inWords(failures, files.length);
        // Nothing else would work either.
        if (failure.status === 0 || failure.status === 507) break;
      }
    }
    waiting.value = undefined;
    if (isClosed.current && chosen.value.length === 0) return;
    const say = isClosed.current ? announce : speak;
    say(
      failures.length > 0 ? words.pictures.someFailed(failures.length) : words.pictures.uploaded(drafts.value.length),
    );
    if (!isClosed.current && drafts.value.length > 0 && at.value >= drafts.value.length) answer();
  };
  const answer = () => {
    isClosed.current = true;
    asked.answer(chosen.value);
  };
  useEffect(() => {
    if (asked.files.length > 0) void upload(asked.files);
    return () => {
      isClosed.current = true;
    };
  }, []);
  // The button that led here cannot be pressed yet for the next picture, so the focus must not stay there.
  useEffect(() => {
    if (at.value === 0) return;
    document.getElementById('picture-alt')?.focus();
    if (draft) speak(words.pictures.place(at.value + 1, total));
  }, [at.value, draft === undefined]);

  const next = () => {
    at.value += 1;
    const isLast = !asked.isForText || (at.value >= drafts.value.length && waiting.value === undefined);
    if (isLast) answer();
  };
  const finish = () => {
    const { src, texts } = draft!;
    const clean = Object.fromEntries(
      Object.entries(texts).filter(([, value]) => value !== '' && value !== undefined && value !== false),
    );
    if (asked.isForText)
      for (const [key, value] of Object.entries(clean))
        if (key !== 'alt' && key !== 'caption') file.edit({ path: ['pictures', src, key], value: value as string });
    chosen.value = [...chosen.value, { src, ...clean }];
    next();
  };
  const describe = (texts: Draft['texts']) => {
    drafts.value = drafts.value.map((one, index) => (index === at.value ? { ...one, texts } : one));
  };
  const choose = (one: Draft) => {
    drafts.value = [one];
  };
  const isOneOfMany = asked.isForText && count.value > 1;

  return (
    <Dialog
      title={draft ? words.pictures.textsTitle : words.pictures.title}
      isOpen
      size="wide"
      onClose={answer}
      foot={
        draft && (
          <>
            {isOneOfMany && chosen.value.length > 0 && (
              <button type="button" onClick={answer}>
                {words.pictures.finish(chosen.value.length)}
              </button>
            )}
            {isOneOfMany && (
              <button type="button" onClick={next}>
                {words.pictures.skip}
              </button>
            )}
            <button type="button" class="strong" disabled={!isComplete(draft)} onClick={finish}>
              {words.pictures.insert}
            </button>
          </>
        )
      }
    >
      <Fault error={error.value} />
      {waiting.value && <p role="status">{waiting.value}</p>}
      {isOneOfMany && draft && (
        <p>
          <b>{words.pictures.place(at.value + 1, total)}</b> <small>{words.pictures.skipHelp}</small>
        </p>
      )}
      {draft ? (
        <PictureForm key={draft.src} draft={draft} onChange={describe} />
      ) : waiting.value ? null : (
        <Tabs
          label={words.pictures.title}
          value={tab.value}
          onChange={(id) => (tab.value = id)}
          tabs={[
            { id: 'new', label: words.pictures.newOne, panel: <Upload onFiles={(files) => void upload(files)} /> },
            {
              id: 'library',
              label: words.pictures.library,
              panel: (
                <Library
                  onChoose={(picture) =>
                    choose({
                      src: srcOf(picture.path, file.path),
                      path: picture.path,
                      facts: {},
                      texts: { alt: picture.alt, caption: picture.caption, credit: picture.credit },
                    })
                  }
                />
              ),
            },
          ]}
        />
      )}
    </Dialog>
  );
}

/** One refusal is shown as it is. Of many, the first ones are named. */
function inWords(failures: { name: string; failure: ApiError }[], of: number): ApiError {
  const shown = 3;
  const [first] = failures;
  if (of === 1 && first) return first.failure;
  const named = failures.slice(0, shown).map(({ name, failure }) => `${name}: ${failure.says}`);
  const more = failures.length > shown ? [words.pictures.moreFailed(failures.length - shown)] : [];
  return new ApiError(0, { says: words.pictures.someFailed(failures.length), todo: [...named, ...more].join(' ') });
}

const fromFacts = ({ caption, alt, credit, rights, place, date }: PictureFacts): Draft['texts'] => ({
  caption,
  alt: alt && alt !== caption ? alt : undefined,
  credit,
  copyright: rights,
  place,
  date,
});

const folderOf = (file: string): string => file.slice(0, file.lastIndexOf('/') + 1);

/** What the story calls a picture of the library. A picture of `content/pictures/` has an ID, which is its name. */
function srcOf(picture: string, story: string): string {
  const shared = /^pictures\/(.+?)(?:\.\w+)?$/.exec(picture)?.[1];
  if (shared) return `picture:${shared}`;
  const folder = folderOf(story);
  return picture.startsWith(folder) ? picture.slice(folder.length) : picture;
}
