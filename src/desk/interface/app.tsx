import { useEffect } from 'preact/hooks';
import { Calendar } from './calendar/calendar.tsx';
import { Files } from './files/files.tsx';
import { Fronts } from './fronts/fronts.tsx';
import { Stories } from './list/stories.tsx';
import { guardDrops } from './parts/drops.ts';
import { Fault } from './parts/fault.tsx';
import { Shell } from './parts/shell.tsx';
import { Pictures } from './pictures/pictures.tsx';
import { listenForLinks, route } from './state/route.ts';
import { failure, session, start } from './state/session.ts';
import { Story } from './story/story.tsx';
import { words } from './words.ts';

/** The views, by the first part of the address after `/desk/`. */
const views: Record<string, () => preact.JSX.Element> = {
  stories: Stories,
  edit: Story,
  calendar: Calendar,
  pictures: Pictures,
  fronts: Fronts,
  pages: () => <Files kind="page" view="pages" />,
  authors: () => <Files kind="author" view="authors" />,
  topics: () => <Files kind="topic" view="topics" />,
  series: () => <Files kind="series" view="series" />,
  site: () => <Files kind="site" view="site" />,
};

/** The interface: the view that the address names. */
export function App() {
  const { view } = route.value;
  useEffect(() => {
    listenForLinks();
    guardDrops();
    void start();
  }, []);
  useEffect(() => {
    // Where one is, for people who do not see the page.
    const name = words.viewNames[view as keyof typeof words.viewNames];
    if (name) document.title = words.titleOf(name, session.value?.site.name ?? '');
  }, [view, session.value]);
  if (failure.value && !session.value)
    return (
      <Shell>
        <Fault error={failure.value} />
      </Shell>
    );
  const View = views[view];
  if (!View)
    return (
      <Shell>
        <h1>{words.noView}</h1>
      </Shell>
    );
  return <View key={view} />;
}
