import type { StoryRow as Row } from '../contract.ts';
import { momentOf, shortMomentOf } from '../state/dates.ts';
import { editAddress } from '../state/route.ts';
import { nameOf, session, titleOf } from '../state/session.ts';
import { words } from '../words.ts';

/** One story of the list. Its state has a word, because a colour alone says nothing to many people. */
export function StoryRow({ story }: { story: Row | undefined }) {
  if (!story) return <div class="row is-waiting">{words.list.waiting}</div>;
  const section = titleOf(session.value?.site.sections, story.section);
  return (
    <article class="row">
      <p class="row-state">
        <State state={story.state} />
      </p>
      <div class="row-words">
        <h2>
          <a href={editAddress(story.path)}>{story.headline || words.list.noHeadline}</a>
        </h2>
        <p class="row-facts">
          {[section, story.byline.map(nameOf).join(', '), typeWord(story.type)].filter(Boolean).join(' · ')}
        </p>
      </div>
      <p class="row-marks">
        {story.isAutosaved && <span class="mark unsaved">{words.list.unsaved}</span>}
        {story.errors > 0 && <span class="mark bad">{words.errors(story.errors)}</span>}
        {story.warnings > 0 && <span class="mark">{words.warnings(story.warnings)}</span>}
      </p>
      <p class="row-date">
        {story.due && story.state === 'waiting' ? (
          <time dateTime={story.due}>{words.list.due(momentOf(story.due))}</time>
        ) : (
          <time dateTime={story.published ?? story.changed}>{shortMomentOf(story.published ?? story.changed)}</time>
        )}
      </p>
    </article>
  );
}

export function State({ state }: { state: Row['state'] }) {
  return <span class={`state ${state}`}>{words.states[state]}</span>;
}

/** The ordinary type is not named in each row. */
const typeWord = (type: string): string => (type === 'news' ? '' : (words.types[type] ?? type));
