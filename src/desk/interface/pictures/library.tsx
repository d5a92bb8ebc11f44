import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { ApiError, api } from '../api.ts';
import type { LibraryPicture } from '../contract.ts';
import { Fault } from '../parts/fault.tsx';
import { words } from '../words.ts';
import { thumbnail } from './thumbnails.ts';

interface LibraryProps {
  /** Without it, the library only shows where each picture is used. */
  onChoose?(picture: LibraryPicture): void;
}

/** Every picture of the newsroom, found by the words of its caption, alt text, and credit. */
export function Library({ onChoose }: LibraryProps) {
  const query = useSignal('');
  const pictures = useSignal<LibraryPicture[]>([]);
  const total = useSignal<number | undefined>(undefined);
  const error = useSignal<ApiError | undefined>(undefined);
  const stop = useRef<AbortController | undefined>(undefined);

  const read = async (offset: number) => {
    stop.current?.abort();
    const mine = new AbortController();
    stop.current = mine;
    try {
      const found = await api.pictures(query.value, offset, mine.signal);
      pictures.value = offset > 0 ? [...pictures.value, ...found.pictures] : found.pictures;
      total.value = found.total;
      error.value = undefined;
    } catch (failure) {
      if (mine.signal.aborted) return;
      if (!(failure instanceof ApiError)) throw failure;
      error.value = failure;
    }
  };
  useEffect(() => {
    const timer = setTimeout(() => void read(0), query.value ? 150 : 0);
    return () => clearTimeout(timer);
  }, [query.value]);

  return (
    <div class="library">
      <label class="filter words">
        <span>{words.pictures.search}</span>
        <input type="search" value={query.value} onInput={(event) => (query.value = event.currentTarget.value)} />
      </label>
      <p role="status">{total.value === undefined ? words.list.reading : words.pictures.found(total.value)}</p>
      <Fault error={error.value} />
      {pictures.value.length > 0 && (
        <ul class="picture-grid">
          {pictures.value.map((picture) => (
            <li key={picture.path}>
              <Card picture={picture} {...(onChoose && { onChoose })} />
            </li>
          ))}
        </ul>
      )}
      {total.value !== undefined && pictures.value.length < total.value && (
        <button type="button" onClick={() => void read(pictures.value.length)}>
          {words.pictures.more}
        </button>
      )}
    </div>
  );
}

function Card({ picture, onChoose }: { picture: LibraryPicture } & LibraryProps) {
  const box = useRef<HTMLDivElement>(null);
  const address = useSignal<string | undefined>(undefined);
  useEffect(() => {
    // Only what is near the screen is read.
    const observer = new IntersectionObserver(
      ([entry]) => {
        if (!entry?.isIntersecting) return;
        observer.disconnect();
        thumbnail(picture.path, 320)
          .then((url) => (address.value = url))
          .catch(() => undefined);
      },
      { rootMargin: '300px' },
    );
    if (box.current) observer.observe(box.current);
    return () => observer.disconnect();
  }, [picture.path]);
  const name = picture.caption ?? picture.alt ?? picture.path.slice(picture.path.lastIndexOf('/') + 1);
  return (
    <div ref={box} class="picture-card">
      <span class="picture-thumb">{address.value && <img src={address.value} alt={picture.alt ?? ''} />}</span>
      {onChoose ? (
        <button type="button" class="picture-name" onClick={() => onChoose(picture)}>
          {name}
        </button>
      ) : (
        <p class="picture-name">{name}</p>
      )}
      {picture.credit && <p class="credit">{picture.credit}</p>}
      <p class="used">{words.pictures.usedBy(picture.usedBy.length)}</p>
    </div>
  );
}
