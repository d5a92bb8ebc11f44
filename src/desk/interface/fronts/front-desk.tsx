import { useComputed, useSignal } from '@preact/signals';
import { useEffect, useState } from 'preact/hooks';
import type { PreviewOfFile } from '../preview/preview-of-file.ts';
import type { OpenFile } from '../state/open-file.ts';
import { session } from '../state/session.ts';
import type { GoTo } from '../story/go-to.ts';
import type { Pane } from '../story/panes.tsx';
import { words } from '../words.ts';
import { nameAt, placesOf } from './arrangement.ts';
import { ArrangementPane } from './arrangement-pane.tsx';
import { Carrying } from './carrying.ts';
import type { Dragging, Point } from './drag.ts';
import { Finder } from './finder.tsx';
import { NamedStories, placeOfStory } from './named-stories.ts';

/** The parts of the view in which a front is arranged, besides its page. */
export function useFrontPanes(
  file: OpenFile,
  { goTo, preview, isWide }: { goTo: GoTo; preview: PreviewOfFile; isWide: boolean },
): Pane[] {
  const [carrying] = useState(() => new Carrying(file));
  const [stories] = useState(() => new NamedStories());
  const dragging = useSignal<Dragging | undefined>(undefined);
  const point = useSignal<Point | undefined>(undefined);
  const names = useComputed(() => {
    const arrangement = carrying.arrangement.value;
    return arrangement ? placesOf(arrangement).map((place) => nameAt(arrangement, place) ?? '') : [];
  });
  const isFront = file.kind === 'front';
  useEffect(() => {
    if (!isFront) return undefined;
    carrying.headlineOf = (name) => stories.headlineOf(name);
    carrying.placeOf = (name) => {
      const arrangement = carrying.arrangement.value;
      const path = stories.known.value.get(name)?.path;
      return arrangement && path !== undefined ? placeOfStory(arrangement, stories, path) : undefined;
    };
    const stop = stories.follow(() => names.value);
    let isCurrent = true;
    // Most views need no dragging.
    void import('./drag.ts').then(({ openDragging }) => {
      if (isCurrent) dragging.value = openDragging(carrying, (at) => (point.value = at));
    });
    return () => {
      isCurrent = false;
      stop();
      dragging.value?.destroy();
    };
  }, []);
  useEffect(() => {
    if (isFront) void stories.learn(names.value);
  }, [names.value]);
  if (!isFront) return [];

  const problems = preview.problems.value ?? file.problems.value;
  const line = { carrying, dragging };
  const finder = <Finder {...line} stories={stories} />;
  const arrangement = (
    <>
      <ArrangementPane {...line} file={file} stories={stories} problems={problems} goTo={goTo} />
      <Ghost carrying={carrying} point={point.value} />
    </>
  );
  if (isWide)
    return [
      { id: 'form', label: words.fronts.findStories, content: finder },
      { id: 'text', label: words.fronts.arrangement, content: arrangement },
    ];
  return [
    {
      id: 'text',
      label: words.fronts.arrangement,
      content: (
        <>
          {arrangement}
          <h2 class="finder-title">{words.fronts.findStories}</h2>
          {finder}
        </>
      ),
    },
  ];
}

/** What is dragged, beside the pointer. */
function Ghost({ carrying, point }: { carrying: Carrying; point: Point | undefined }) {
  const carried = carrying.carried.value;
  if (!point || carried?.by !== 'pointer') return null;
  return (
    <div class="ghost" aria-hidden="true" style={{ transform: `translate(${point.x}px, ${point.y}px)` }}>
      {carried.headline}
    </div>
  );
}

/** What people call the front of a file. */
export function nameOfFront(path: string): string {
  const id = /^fronts\/([^/]+)\.ya?ml$/.exec(path)?.[1] ?? path;
  if (id === 'home') return words.fronts.home;
  return session.value?.site.sections.find((section) => section.id === id)?.title ?? id;
}
