import { randomUUID } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname, userInfo } from 'node:os';
import { lockLost, targetLocked } from './problems.ts';
import { type Holder, type Lock, workFolder } from './target.ts';

/** For targets that store the lock as a file. */
export const lockFile = `${workFolder}/lock.json`;

/** For targets that cannot store one: in the folder of this machine for the target. */
export const targetLockFile = 'lock.json';

/** What a target can do with one small file, for a lock. */
export interface LockStore {
  /** Creates the lock, only if there is none. @returns whether it was created */
  create(text: string): Promise<boolean>;
  /** The lock, or undefined if there is none. */
  read(): Promise<string | undefined>;
  /** Replaces the lock. It is called only by its holder. */
  write(text: string): Promise<void>;
  /** Deletes the lock if it still is this text, as far as the target can tell. */
  remove(text: string): Promise<void>;
}

/** How a lock is held, and how somebody waits for it. */
export interface LockTimes {
  /** How often the holder shows that it is alive. */
  beatMs: number;
  /** A lock of another machine is abandoned if it does not change while it is watched for this long. */
  watchMs: number;
  /** How long a deploy waits for another one to end. Defaults to 0: it is refused at once. */
  waitMs?: number;
  /** Called once for each deploy that is waited for. @param holder undefined if the lock does not say */
  onWait?(name: string, holder: Holder | undefined): void;
}

export const usualTimes: LockTimes = { beatMs: 10_000, watchMs: 35_000 };

/**
 * Takes the lock of a target.
 *
 * A lock of a process that has ended is taken over: at once if it ran on this machine, otherwise if the lock does not
 * change for a while. Clocks of two machines are never compared.
 *
 * @param name of the target, for messages
 * @param prepare what has to be done first. If it fails, the lock is released
 * @throws SetupError that names the holder
 */
export async function takeLock(
  name: string,
  store: LockStore,
  holder: Holder,
  times: LockTimes = usualTimes,
  prepare: (lock: Lock) => Promise<void> = async () => {},
): Promise<Lock> {
  let beats = 0;
  const text = () => `${JSON.stringify({ ...holder, beats })}\n`;
  const end = performance.now() + (times.waitMs ?? 0);
  let waitedFor: string | undefined;
  for (let attempts = 0; !(await store.create(text())); attempts++) {
    const found = await store.read();
    if (found === undefined) continue; // it was released just now
    const other = holderOf(found);
    if (other?.id === holder.id) break; // it was created, and only the answer got lost
    if (attempts < attemptsMax && (await isAbandoned(store, found, other, holder, times))) {
      await store.remove(found);
      continue;
    }
    const left = end - performance.now();
    if (left <= 0) throw targetLocked(name, other);
    if (waitedFor !== (other?.id ?? '')) times.onWait?.(name, other);
    waitedFor = other?.id ?? '';
    await new Promise((resolve) => setTimeout(resolve, Math.min(left, lookMs)));
    attempts = 0;
  }
  let written = text();
  let isLost = false;
  heldHere.add(holder.id);
  const isMine = async () => {
    const found = await store.read();
    return found !== undefined && holderOf(found)?.id === holder.id;
  };
  let beating: Promise<void> = Promise.resolve();
  const beat = async () => {
    try {
      if (!(await isMine())) {
        isLost = true;
        return;
      }
      beats += 1;
      await store.write(text());
      written = text();
    } catch {
      // The network fails at the moment. `check` finds out before anything else is sent.
    }
  };
  const timer = setInterval(() => {
    beating = beating.then(beat);
  }, times.beatMs);
  timer.unref();
  const lock: Lock = {
    async check() {
      if (isLost || !(await isMine())) throw lockLost(name);
    },
    async release() {
      // Even if the target cannot be reached now, the next deploy of this process may take the lock over.
      heldHere.delete(holder.id);
      clearInterval(timer);
      await beating;
      if (await isMine()) await store.remove(written);
    },
  };
  try {
    await prepare(lock);
  } catch (error) {
    await lock.release().catch(() => {}); // the connection may be lost
    throw error;
  }
  return lock;
}

const attemptsMax = 5;
/** How often somebody who waits looks whether the lock was released. */
const lookMs = 1000;

/** The ids of this process's own deploys that are running. */
const heldHere = new Set<string>();

async function isAbandoned(
  store: LockStore,
  found: string,
  other: Holder | undefined,
  holder: Holder,
  { watchMs }: LockTimes,
): Promise<boolean> {
  if (other && other.machine !== '' && other.machine === holder.machine)
    return other.pid === process.pid ? !heldHere.has(other.id) : !isRunning(other.pid);
  const end = performance.now() + watchMs;
  while (performance.now() < end) {
    await new Promise((resolve) => setTimeout(resolve, Math.min(watchMs / 4, 2000)));
    if ((await store.read()) !== found) return false;
  }
  return true;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** The holder that a lock names, or undefined if it is not complete. */
export function holderOf(text: string): Holder | undefined {
  try {
    const found = JSON.parse(text) as Holder;
    const isHolder = typeof found.id === 'string' && typeof found.pid === 'number' && typeof found.since === 'string';
    return isHolder ? found : undefined;
  } catch {
    return undefined;
  }
}

/** This process, as others are told about it. @param since the time of the clock */
export function holderHere(command: string, since: Date): Holder {
  return {
    id: randomUUID(),
    user: tried(() => userInfo().username),
    host: hostname(),
    pid: process.pid,
    command,
    since: since.toISOString(),
    machine: machineOf(),
  };
}

/**
 * The boot of this machine, and the group of processes that can see each other. In two containers, the same number is
 * two processes. '' if the system does not say.
 */
function machineOf(): string {
  const boot = tried(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim());
  const processes = tried(() => readlinkSync('/proc/self/ns/pid'));
  return boot && processes ? `${boot} ${processes}` : '';
}

function tried(ask: () => string): string {
  try {
    return ask();
  } catch {
    return '';
  }
}
