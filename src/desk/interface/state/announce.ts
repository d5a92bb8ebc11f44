import { signal } from '@preact/signals';

/** A message that everybody gets: seen at the bottom of the page, and read out by a screen reader. */
export interface Message {
  text: string;
  tone: 'plain' | 'good' | 'bad';
  id: number;
}

export const message = signal<Message | undefined>(undefined);
/** Only read out, because the page shows the same already. */
export const spoken = signal('');

let count = 0;
let timer: ReturnType<typeof setTimeout> | undefined;
const shownMs = 7000;

/** Shows a message. One about a failure stays until the next one, because it must not be missed. */
export function announce(text: string, tone: Message['tone'] = 'plain'): void {
  count += 1;
  message.value = { text, tone, id: count };
  clearTimeout(timer);
  if (tone !== 'bad') timer = setTimeout(dismiss, shownMs);
}

export function dismiss(): void {
  message.value = undefined;
}

/** Reads something out. The same text twice is read twice. */
export function speak(text: string): void {
  spoken.value = spoken.value === text ? `${text}\u00a0` : text;
}
