import { grouped, several } from '../problems/counted.ts';
import type { Io } from './command.ts';

export interface Step {
  phase: string;
  done: number;
  total: number;
  /** If the work is also measured in bytes, those that are done. */
  bytes?: number;
}

export interface ProgressLine {
  show(step: Step): void;
  /** A sentence that stays on the screen, such as which process the build waits for. */
  say(sentence: string): void;
  /** Removes the bar. */
  end(): void;
}

const terminalMs = 100;
const pipeMs = 5000;
const barWidth = 24;

/** What is counted in each phase, and the sentence for a phase that cannot be counted. */
const phases: Record<string, { counted: string; sentence?: string }> = {
  templates: {
    counted: 'templates',
    sentence: 'Compiling the templates. This is needed only once and after a template changes.',
  },
  stories: { counted: 'stories' },
  pictures: { counted: 'pictures' },
  pages: { counted: 'pages' },
  search: { counted: 'years in the search' },
  edition: { counted: 'files' },
  export: { counted: 'files' },
  deploy: { counted: 'files' },
  verify: { counted: 'files' },
};

/**
 * Shows the progress of long work: a bar that is overwritten in a terminal, a plain line every five seconds in a pipe,
 * and nothing with --quiet.
 *
 * @param clock milliseconds from any origin
 */
export function openProgress(
  { stderr }: Pick<Io, 'stderr'>,
  isQuiet: boolean,
  clock: () => number = () => performance.now(),
): ProgressLine {
  const isTerminal = stderr.isTTY === true;
  let phase = '';
  let began = clock();
  let shown = began;
  let isOpen = false;
  const close = () => {
    if (isOpen) stderr.write('\r\x1b[K');
    isOpen = false;
  };
  return {
    show(step) {
      if (isQuiet) return;
      const now = clock();
      if (step.phase !== phase) {
        phase = step.phase;
        began = now;
        const { sentence } = phases[phase] ?? {};
        if (sentence) {
          if (isTerminal) stderr.write(`\r\x1b[K${sentence}`);
          else stderr.write(`${sentence}\n`);
          isOpen = isTerminal;
          return;
        }
      }
      if (now - shown < (isTerminal ? terminalMs : pipeMs) || step.total === 0) return;
      shown = now;
      const words = progressWords(step, (now - began) / 1000);
      if (isTerminal) stderr.write(`\r\x1b[K${bar(step)} ${words}`.slice(0, (stderr.columns ?? 80) + 4));
      else stderr.write(`${words}\n`);
      isOpen = isTerminal;
    },
    say(sentence) {
      close();
      if (!isQuiet) stderr.write(`${sentence}\n`);
    },
    end: close,
  };
}

/** "pages 1,200 of 10,000, 430 pages/s, 21 s left", and with bytes "files 12 of 40, 6 files/s, 310 kB/s, 5 s left" */
export function progressWords({ phase, done, total, bytes }: Step, seconds: number): string {
  const { counted } = phases[phase] ?? { counted: phase };
  const words = `${counted} ${grouped(done)} of ${grouped(total)}`;
  if (done === 0 || seconds <= 0) return words;
  const perSecond = done / seconds;
  const speed = perSecond >= 10 ? grouped(Math.round(perSecond)) : perSecond.toFixed(1);
  const byteSpeed = bytes === undefined ? '' : `, ${sizeWords(bytes / seconds)}/s`;
  return `${words}, ${speed} ${counted}/s${byteSpeed}, ${timeLeft((total - done) / perSecond)} left`;
}

/** "12.3 MB" */
export function sizeWords(bytes: number): string {
  if (bytes < 1000) return several(Math.round(bytes), 'byte');
  return bytes < 1e6 ? `${(bytes / 1e3).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

function timeLeft(seconds: number): string {
  const rounded = Math.ceil(seconds);
  return rounded < 60 ? `${rounded} s` : `${Math.floor(rounded / 60)} min ${rounded % 60} s`;
}

function bar({ done, total }: Step): string {
  const full = Math.round((done / total) * barWidth);
  return `${'█'.repeat(full)}${'░'.repeat(barWidth - full)}`;
}
