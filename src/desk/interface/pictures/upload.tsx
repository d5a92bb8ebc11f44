import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { announce } from '../state/announce.ts';
import { words } from '../words.ts';
import { picturesAmong } from './files.ts';

const accepted = 'image/jpeg,image/png,image/webp,image/avif,image/gif,image/svg+xml,image/tiff';

/** Ways to bring in a picture: drop, paste, choose, or the device's camera. */
export function Upload({ onFiles }: { onFiles(files: File[]): void }) {
  const isOver = useSignal(false);
  const take = (list: FileList | null | undefined) => {
    const { pictures, others } = picturesAmong(list);
    if (others.length > 0) announce(words.pictures.noPictures(others.map(({ name }) => name)), 'bad');
    if (pictures.length > 0) onFiles(pictures);
  };
  useEffect(() => {
    const onPaste = (event: ClipboardEvent) => {
      if ((event.clipboardData?.files.length ?? 0) === 0) return;
      event.preventDefault();
      take(event.clipboardData?.files);
    };
    addEventListener('paste', onPaste);
    return () => removeEventListener('paste', onPaste);
  }, []);
  const input = (label: string, capture: boolean) => (
    <label class="file-choice">
      <span>{label}</span>
      <input
        type="file"
        accept={accepted}
        multiple={!capture}
        capture={capture ? 'environment' : undefined}
        onInput={({ currentTarget }) => {
          take(currentTarget.files);
          currentTarget.value = '';
        }}
      />
    </label>
  );
  return (
    <section
      aria-label={words.pictures.newOne}
      class={`drop ${isOver.value ? 'is-over' : ''}`}
      onDragOver={(event) => {
        event.preventDefault();
        isOver.value = true;
      }}
      onDragLeave={() => (isOver.value = false)}
      onDrop={(event) => {
        event.preventDefault();
        isOver.value = false;
        take(event.dataTransfer?.files);
      }}
    >
      <p>{words.pictures.drop}</p>
      {input(words.pictures.choose, false)}
      {input(words.pictures.camera, true)}
    </section>
  );
}
