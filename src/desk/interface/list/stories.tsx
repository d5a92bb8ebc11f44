import { useSignal } from '@preact/signals';
import { useCallback, useEffect, useMemo, useRef } from 'preact/hooks';
import type { StoryRow as Row } from '../contract.ts';
import { Fault } from '../parts/fault.tsx';
import { Menu } from '../parts/menu.tsx';
import { Shell } from '../parts/shell.tsx';
import { speak } from '../state/announce.ts';
import { addressOf, go, route } from '../state/route.ts';
import { onEvent } from '../state/session.ts';
import { words } from '../words.ts';
import { Filters } from './filters.tsx';
import { NewStory, storyTypes } from './new-story.tsx';
import { RowsOfList } from './pages-of-rows.ts';
import { StoryRow } from './story-row.tsx';
import { VirtualList } from './virtual-list.tsx';

/** All stories of the newsroom. What is asked for is in the address, so that it can be kept and shared. */
export function Stories() {
  const { asked } = route.value;
  const key = asked.toString();
  const rows = useMemo(() => new RowsOfList(Object.fromEntries(asked)), [key]);
  const range = useRef({ from: 0, to: 1 });
  const newType = useSignal<string | undefined>(undefined);
  useEffect(() => () => rows.close(), [rows]);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = onEvent(() => {
      // A pull can change hundreds of files at once.
      timer ??= setTimeout(() => {
        timer = undefined;
        rows.refresh(range.current.from, range.current.to);
      }, 300);
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [rows]);
  const total = rows.total.value;
  useEffect(() => {
    if (total !== undefined) speak(words.list.found(total));
  }, [total, key]);
  const onRange = useCallback(
    (from: number, to: number) => {
      range.current = { from, to };
      rows.want(from, to);
    },
    [rows],
  );
  const change = (name: string, value: string) => {
    const next = new URLSearchParams(route.value.asked);
    if (value) next.set(name, value);
    else next.delete(name);
    go(addressOf('stories', Object.fromEntries(next)), 'replace');
  };
  rows.arrived.value; // draws again when rows arrive

  return (
    <Shell>
      <div class="view-head">
        <h1>{words.viewNames.stories}</h1>
        <p class="count">{total === undefined ? words.list.reading : words.list.found(total)}</p>
        <Menu
          label={words.list.newStory}
          tone="strong"
          items={storyTypes.map((type) => ({
            id: type,
            label: words.types[type] ?? type,
            help: words.typeHelp[type],
            onSelect: () => {
              newType.value = type;
            },
          }))}
        />
      </div>
      <Filters asked={asked} onChange={change} />
      <Fault error={rows.failure.value} />
      {total === 0 ? (
        <Nothing isFiltered={asked.size > 0} />
      ) : (
        <VirtualList
          total={total ?? 0}
          of={key}
          label={words.viewNames.stories}
          onRange={onRange}
          row={(index) => <StoryRow story={rows.row(index) as Row | undefined} />}
        />
      )}
      <NewStory type={newType.value} onClose={() => (newType.value = undefined)} />
    </Shell>
  );
}

function Nothing({ isFiltered }: { isFiltered: boolean }) {
  return (
    <div class="nothing">
      <p>{isFiltered ? words.list.nothingFound : words.list.nothingYet}</p>
      {isFiltered && <a href="/desk/">{words.list.showAll}</a>}
    </div>
  );
}
