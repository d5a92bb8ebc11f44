/** An event of a trace of Chromium. Times are in microseconds. */
export interface TraceEvent {
  name: string;
  ph: string;
  pid: number;
  tid: number;
  ts: number;
  dur?: number;
  /** How much of it the thread was running. */
  tdur?: number;
  args?: { data?: { type?: string } };
}

/** What the page's thread did for a key, in ms. */
export interface KeyTimes {
  /** The events of the key itself. */
  key: number;
  /** The frame that shows the letter. */
  frame: number;
  /** Everything from the key to the end of that frame. */
  shown: number;
  /** The longest task between this key and the next one, except for those two. */
  longest: number;
  /** Everything until the next key. */
  all: number;
}

/** What each key of a trace took. The first and the last key are left out. */
export function keyTimes(events: readonly TraceEvent[]): KeyTimes[] {
  const keysOf = (thread: string) => events.filter((one) => threadOf(one) === thread && isKey(one)).length;
  const threads = [...new Set(events.filter(isKey).map(threadOf))];
  const page = threads.sort((a, b) => keysOf(b) - keysOf(a))[0];
  const own = events.filter((one) => threadOf(one) === page && one.ph === 'X').sort((a, b) => a.ts - b.ts);
  const tasks = own.filter(({ name }) => name === 'RunTask');
  const taskAt = (ts: number) => tasks.findLast((task) => task.ts <= ts);
  const keys = own.filter(isKey);
  return keys.slice(0, -1).flatMap((key, at) => {
    const first = taskAt(key.ts);
    const next = taskAt(keys[at + 1]!.ts);
    const commit = own.find(({ name, ts }) => /^(?:Commit|Layerize)$/.test(name) && ts > key.ts && ts < next!.ts);
    const frame = commit && taskAt(commit.ts);
    if (at === 0 || !first || !next || !frame) return [];
    const between = tasks.filter((task) => task.ts >= first.ts && task.ts < next.ts);
    return {
      key: ms(first),
      frame: ms(frame),
      shown: sum(between.filter((task) => task.ts <= frame.ts)),
      longest: Math.max(0, ...between.filter((task) => task !== first && task !== frame).map(ms)),
      all: sum(between),
    };
  });
}

const isKey = ({ name, args }: TraceEvent): boolean => name === 'EventDispatch' && args?.data?.type === 'keydown';
const threadOf = ({ pid, tid }: TraceEvent): string => `${pid} ${tid}`;
const ms = ({ tdur = 0 }: TraceEvent): number => tdur / 1000;
const sum = (tasks: readonly TraceEvent[]): number => tasks.reduce((total, task) => total + ms(task), 0);
