import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { words } from '../words.ts';
import { thumbnail } from './thumbnails.ts';

interface FocusProps {
  /** Of the picture, relative to content/. */
  path: string;
  /** `40% 30%` */
  value: string | undefined;
  onChange(focus: string | undefined): void;
}

/** The crops that pages use: a card, a square beside a headline, a social picture, and a tall one. */
const crops = ['3 / 2', '1 / 1', '1.91 / 1', '4 / 5'] as const;
const keys: Record<string, [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** The most important point of a picture, set by a click or by arrow keys, with the crops as they follow it. */
export function Focus({ path, value, onChange }: FocusProps) {
  const address = useSignal<string | undefined>(undefined);
  useEffect(() => {
    thumbnail(path, 960)
      .then((url) => (address.value = url))
      .catch(() => undefined);
  }, [path]);
  const [x, y] = (value?.match(/\d+/g) ?? [50, 50]).map(Number) as [number, number];
  const set = (left: number, top: number) => {
    const within = (part: number) => Math.round(Math.min(100, Math.max(0, part)));
    onChange(`${within(left)}% ${within(top)}%`);
  };
  const position = `${x}% ${y}%`;
  return (
    <div class="focus">
      <div
        class="focus-picture"
        role="slider"
        tabIndex={0}
        aria-label={words.pictures.focus}
        aria-describedby="focus-help"
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={x}
        aria-valuetext={words.pictures.focusAt(x, y)}
        onClick={(event) => {
          const box = event.currentTarget.getBoundingClientRect();
          set(((event.clientX - box.left) / box.width) * 100, ((event.clientY - box.top) / box.height) * 100);
        }}
        onKeyDown={(event) => {
          const move = keys[event.key];
          if (!move) return;
          event.preventDefault();
          const step = event.shiftKey ? 10 : 2;
          set(x + move[0] * step, y + move[1] * step);
        }}
      >
        {address.value && <img src={address.value} alt="" />}
        <span class="focus-point" aria-hidden="true" style={{ left: `${x}%`, top: `${y}%` }} />
      </div>
      <p id="focus-help">
        <small>{words.pictures.focusHelp}</small>{' '}
        {value && (
          <button type="button" class="small" onClick={() => onChange(undefined)}>
            {words.pictures.noFocus}
          </button>
        )}
      </p>
      <div class="crops" aria-hidden="true">
        {crops.map((crop) => (
          <span key={crop} class="crop" style={{ aspectRatio: crop }}>
            {address.value && <img src={address.value} alt="" style={{ objectPosition: position }} />}
          </span>
        ))}
      </div>
    </div>
  );
}
