import { useSignal } from '@preact/signals';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Fault } from '../parts/fault.tsx';
import { Group } from '../parts/group.tsx';
import { words } from '../words.ts';
import type { PreviewOfFile } from './preview-of-file.ts';

/** The width of each device in CSS pixels. Paper is A4 at 96 dots per inch. */
const sizes = { phone: 390, tablet: 820, desktop: 1280, paper: 794 } as const;
type Size = keyof typeof sizes;

interface PreviewProps {
  preview: PreviewOfFile;
  /** Somebody clicked a block of the page. */
  onBlock(offset: number): void;
}

/** The page as the press will print it, beside the text. */
export function Preview({ preview, onBlock }: PreviewProps) {
  const size = useSignal<Size>('phone');
  const isDark = useSignal(false);
  const box = useRef<HTMLDivElement>(null);
  const [room, setRoom] = useState<{ width: number; height: number }>({ width: 390, height: 600 });
  useLayoutEffect(() => {
    if (!box.current) return;
    const observer = new ResizeObserver(([entry]) => {
      const { width = 0, height = 0 } = entry?.contentRect ?? {};
      if (width > 0) setRoom({ width, height });
    });
    observer.observe(box.current);
    return () => observer.disconnect();
  }, []);
  const width = sizes[size.value];
  const scale = Math.min(1, room.width / width);
  const answer = preview.answer.value;
  return (
    <div class="preview">
      <div class="preview-bar">
        <Group class="choices" name={words.preview.size}>
          {(Object.keys(sizes) as Size[]).map((name) => (
            <button key={name} type="button" aria-pressed={size.value === name} onClick={() => (size.value = name)}>
              {words.preview.sizes[name]}
            </button>
          ))}
        </Group>
        <button type="button" class="quiet" aria-pressed={isDark.value} onClick={() => (isDark.value = !isDark.value)}>
          {words.preview.dark}
        </button>
        <span class={`preview-state ${preview.isWaiting.value ? 'is-waiting' : ''}`} aria-hidden="true">
          {preview.isWaiting.value ? words.preview.updating : words.preview.current}
        </span>
      </div>
      <Fault error={preview.failure.value} />
      {answer && !answer.frame && <p class="preview-note">{words.preview.noPage}</p>}
      {answer?.isOldTheme && (
        <p class="preview-note" role="status">
          {words.preview.oldTheme}
        </p>
      )}
      <div ref={box} class={`preview-box ${size.value}`}>
        <Frames
          address={answer?.frame && addressOf(answer.frame, size.value, isDark.value)}
          block={preview.block.value}
          onBlock={onBlock}
          width={width}
          height={room.height / scale}
          scale={scale}
          isDark={isDark.value}
        />
      </div>
    </div>
  );
}

/** The server answers for the media: a frame cannot choose that it is paper. */
function addressOf(frame: string, size: Size, isDark: boolean): string {
  const url = new URL(frame, location.origin);
  if (size === 'paper') url.searchParams.set('media', 'print');
  if (isDark && size !== 'paper') url.searchParams.set('scheme', 'dark');
  return url.pathname + url.search;
}

interface FramesProps {
  address: string | undefined;
  block: number | undefined;
  width: number;
  height: number;
  scale: number;
  isDark: boolean;
  onBlock(offset: number): void;
}

/**
 * Two frames: while one is seen, the next page loads in the other one, scrolled to the block that is edited. So the page
 * never turns white. A frame has no origin of its own, so it can neither read the desk nor be read by it.
 */
function Frames({ address, block, width, height, scale, isDark, onBlock }: FramesProps) {
  const [shown, setShown] = useState(0);
  const [addresses, setAddresses] = useState<(string | undefined)[]>([undefined, undefined]);
  const frames = [useRef<HTMLIFrameElement>(null), useRef<HTMLIFrameElement>(null)];
  const next = useRef(0);
  const seen = useRef<number | undefined>(block);
  const top = useRef(0);
  // The frame has no origin, so there is none to name. The message says only where to scroll.
  const send = (frame: number, to: { block?: number; top?: number }) =>
    frames[frame]?.current?.contentWindow?.postMessage({ kind: 'scroll', ...to }, '*');

  useEffect(() => {
    const onMessage = ({ source, data }: MessageEvent) => {
      if (!source || source !== frames[shown]?.current?.contentWindow) return;
      if (data?.kind === 'scrolled' && Number.isFinite(data.top)) top.current = data.top;
      if (data?.kind === 'shown' && Number.isFinite(data.block)) onBlock(data.block);
    };
    addEventListener('message', onMessage);
    return () => removeEventListener('message', onMessage);
  }, [shown, onBlock]);

  useEffect(() => {
    if (!address) return;
    next.current = addresses[shown] === undefined ? shown : 1 - shown;
    setAddresses((old) => old.with(next.current, address));
  }, [address]);
  useEffect(() => {
    seen.current = block;
    if (block !== undefined) send(shown, { block });
  }, [block]);
  const onLoad = (frame: number) => {
    if (frame !== next.current || addresses[frame] === undefined) return;
    send(frame, { top: top.current });
    if (seen.current !== undefined) send(frame, { block: seen.current });
    setShown(frame);
  };

  return (
    <>
      {[0, 1].map((frame) => (
        <iframe
          key={frame}
          ref={frames[frame]}
          class={frame === shown ? 'frame' : 'frame is-next'}
          title={words.preview.title}
          sandbox="allow-scripts"
          src={addresses[frame]}
          aria-hidden={frame !== shown}
          tabIndex={frame === shown ? 0 : -1}
          onLoad={() => onLoad(frame)}
          style={{
            width: `${width}px`,
            height: `${height}px`,
            transform: `scale(${scale})`,
            colorScheme: isDark ? 'dark' : 'light',
          }}
        />
      ))}
    </>
  );
}
