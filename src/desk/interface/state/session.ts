import { signal } from '@preact/signals';
import { ApiError, api } from '../api.ts';
import type { DeskEvent, Forms, Session } from '../contract.ts';
import { words } from '../words.ts';
import { announce } from './announce.ts';

export const session = signal<Session | undefined>(undefined);
export const forms = signal<Forms | undefined>(undefined);
/** Why nothing can be shown. */
export const failure = signal<ApiError | undefined>(undefined);
/** Whether the server answers. The event stream tells as soon as it does not. */
export const isConnected = signal(true);

const listeners = new Set<(event: DeskEvent) => void>();
const retryMs = 2000;

/** Calls back with what happens in the newsroom, until the returned function is called. */
export function onEvent(hear: (event: DeskEvent) => void): () => void {
  listeners.add(hear);
  return () => listeners.delete(hear);
}

/** Reads what the whole interface needs, then listens for events for as long as the tab is open. */
export async function start(): Promise<void> {
  await readSession();
  onEvent((event) => {
    if (event.kind === 'notice') announce(event.says, 'bad');
  });
  for (;;) {
    try {
      await api.events(
        (event) => {
          for (const hear of listeners) hear(event);
        },
        new AbortController().signal,
        () => {
          if (!isConnected.value) announce(words.serverIsBack, 'good');
          isConnected.value = true;
        },
      );
    } catch {
      // The server stopped, or the machine slept.
    }
    isConnected.value = false;
    await new Promise((resolve) => setTimeout(resolve, retryMs));
    if (!session.value) await readSession();
  }
}

async function readSession(): Promise<void> {
  try {
    session.value = await api.session();
    const { notices } = session.value;
    if (notices.length > 0) announce(notices.join(' '), 'bad');
    failure.value = undefined;
  } catch (error) {
    if (error instanceof ApiError) failure.value = error;
    else throw error;
  }
  // A desk without its forms still lists stories.
  forms.value = await api.forms().catch(() => undefined);
}

/** The newsroom's lists change when somebody adds an author or a topic. */
export async function refreshSession(): Promise<void> {
  session.value = await api.session().catch(() => session.value);
}

export const titleOf = (list: { id: string; title: string }[] | undefined, id: string | undefined): string =>
  list?.find((one) => one.id === id)?.title ?? id ?? '';

export const nameOf = (id: string): string => session.value?.authors.find((one) => one.id === id)?.name ?? id;
