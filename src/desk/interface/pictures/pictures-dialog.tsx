import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { ApiError, api } from '../api.ts';
import type { PictureFacts } from '../contract.ts';
import { Dialog } from '../parts/dialog.tsx';
import { Fault } from '../parts/fault.tsx';
import { Tabs } from '../parts/tabs.tsx';
import { speak } from '../state/announce.ts';
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
  const draft = useSignal<Draft | undefined>(undefined);
  const { file } = choice;

  /** One after the other: 200 pictures at once would be in memory together. The first one is shown, the rest is in the folder. */
  const upload = async (files: File[]) => {
    error.value = undefined;
    const failures: string[] = [];
    for (const [at, one] of files.entries()) {
      waiting.value = words.pictures.uploading(one.name, at + 1, files.length);
      try {
        const { name, facts } = await api.upload(file.path, one.name || words.pictures.pastedName, one);
        draft.value ??= { src: name, path: folderOf(file.path) + name, facts, texts: fromFacts(facts) };
      } catch (failure) {
        if (!(failure instanceof ApiError)) throw failure;
        error.value = failure;
        failures.push(`${one.name}: ${failure.says}`);
      }
    }
    waiting.value = undefined;
    if (failures.length > 1)
      error.value = new ApiError(0, { says: words.pictures.someFailed(failures.length), todo: failures.join(' ') });
    speak(failures.length > 0 ? words.pictures.someFailed(failures.length) : words.pictures.uploaded(files.length));
  };
  useEffect(() => {
    if (asked.files.length > 0) void upload(asked.files);
  }, []);

  const finish = () => {
    const { src, texts } = draft.value!;
    const clean = Object.fromEntries(
      Object.entries(texts).filter(([, value]) => value !== '' && value !== undefined && value !== false),
    );
    if (asked.isForText)
      for (const [key, value] of Object.entries(clean))
        if (key !== 'alt' && key !== 'caption') file.edit({ path: ['pictures', src, key], value: value as string });
    asked.answer({ src, ...clean });
  };
  const close = () => asked.answer(undefined);

  return (
    <Dialog
      title={draft.value ? words.pictures.textsTitle : words.pictures.title}
      isOpen
      size="wide"
      onClose={close}
      foot={
        draft.value && (
          <button type="button" class="strong" disabled={!isComplete(draft.value)} onClick={finish}>
            {words.pictures.insert}
          </button>
        )
      }
    >
      <Fault error={error.value} />
      {waiting.value && <p role="status">{waiting.value}</p>}
      {draft.value ? (
        <PictureForm draft={draft.value} onChange={(texts) => (draft.value = { ...draft.value!, texts })} />
      ) : (
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
                    (draft.value = {
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
