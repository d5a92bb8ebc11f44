/*
 * Tabs of one browser tell each other which file they have open, so that nobody is surprised when one of them saves.
 */

type Said = { kind: 'here' | 'gone' | 'who'; path: string; tab: string };

const tab = crypto.randomUUID();

/** Calls back when another tab opens or closes the same file. @returns how to stop, which tells the others */
export function otherTabs(path: string, onChange: (isOpenElsewhere: boolean) => void): () => void {
  const channel = new BroadcastChannel('desk tabs');
  const others = new Set<string>();
  const say = (kind: Said['kind']) => channel.postMessage({ kind, path, tab } satisfies Said);
  channel.onmessage = ({ data }: MessageEvent<Said>) => {
    if (data.path !== path || data.tab === tab) return;
    if (data.kind === 'who') say('here');
    if (data.kind === 'gone') others.delete(data.tab);
    else others.add(data.tab);
    onChange(others.size > 0);
  };
  say('who');
  const onLeave = () => say('gone');
  addEventListener('pagehide', onLeave);
  return () => {
    removeEventListener('pagehide', onLeave);
    say('gone');
    channel.close();
  };
}
