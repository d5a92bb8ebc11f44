import type { Output } from './command.ts';

const stepMsOfTerminal = 100;
const stepMsOfPipe = 5000;

/** A line that is overwritten in a terminal. In a pipe, a line is printed now and then for the log. */
export function progressOn(stream: Output): {
  show(phase: string, done: number, total: number | undefined): void;
  end(): void;
} {
  const isTerminal = stream.isTTY === true;
  let shown = performance.now();
  let began = shown;
  let phaseNow = '';
  let isOpen = false;
  return {
    show(phase, done, total) {
      const now = performance.now();
      if (phase !== phaseNow) {
        phaseNow = phase;
        began = now;
      }
      if (now - shown < (isTerminal ? stepMsOfTerminal : stepMsOfPipe) || done === 0) return;
      shown = now;
      const perSecond = done / ((now - began) / 1000);
      const left = total === undefined ? '' : `, ${Math.ceil((total - done) / perSecond)} s left`;
      const line = `${phase} ${done}${total === undefined ? '' : ` of ${total}`}, ${Math.round(perSecond)} items/s${left}`;
      stream.write(isTerminal ? `\r\x1b[K${line}` : `${line}\n`);
      isOpen = isTerminal;
    },
    end() {
      if (isOpen) stream.write('\r\x1b[K');
      isOpen = false;
    },
  };
}
