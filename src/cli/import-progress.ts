import type { Output } from './command.ts';

const stepMsOfTerminal = 100;
const stepMsOfPipe = 5000;

/** A line that is overwritten in a terminal. In a pipe, a line is printed now and then for the log. */
export function progressOn(stream: Output): {
  /** @param bytes that arrived, if the items are files to download */
  show(phase: string, done: number, total: number | undefined, bytes?: number): void;
  end(): void;
} {
  const isTerminal = stream.isTTY === true;
  let shown = performance.now();
  let began = shown;
  let phaseNow = '';
  let isOpen = false;
  return {
    show(phase, done, total, bytes) {
      const now = performance.now();
      if (phase !== phaseNow) {
        phaseNow = phase;
        began = now;
      }
      if (now - shown < (isTerminal ? stepMsOfTerminal : stepMsOfPipe) || (done === 0 && bytes === undefined)) return;
      shown = now;
      const seconds = (now - began) / 1000;
      const perSecond = done / seconds;
      const left = total === undefined || done === 0 ? '' : `, ${Math.ceil((total - done) / perSecond)} s left`;
      const speed =
        bytes === undefined ? `${Math.round(perSecond)} items/s` : `${(bytes / seconds / 1e6).toFixed(1)} MB/s`;
      const line = `${phase} ${done}${total === undefined ? '' : ` of ${total}`}, ${speed}${left}`;
      stream.write(isTerminal ? `\r\x1b[K${line}` : `${line}\n`);
      isOpen = isTerminal;
    },
    end() {
      if (isOpen) stream.write('\r\x1b[K');
      isOpen = false;
    },
  };
}
