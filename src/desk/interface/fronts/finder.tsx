import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { ApiError, api } from '../api.ts';
import type { StoryLink } from '../contract.ts';
import { Fault } from '../parts/fault.tsx';
import { shortMomentOf } from '../state/dates.ts';
import { session, titleOf } from '../state/session.ts';
import { words } from '../words.ts';
import { type NamedStories, placeOfStory } from './named-stories.ts';
import { type LineContext, StoryLine } from './story-line.tsx';

const pauseMs = 150;

/** Finds stories by their headlines, for the front. One that is there already is moved from where it is. */
export function Finder({ carrying, dragging, stories }: LineContext & { stories: NamedStories }) {
  const query = useSignal('');
  const found = useSignal<StoryLink[] | undefined>(undefined);
  const error = useSignal<ApiError | undefined>(undefined);
  useEffect(() => {
    let isCurrent = true;
    const look = async () => {
      try {
        const answer = await api.link(query.value);
        if (!isCurrent) return;
        for (const story of answer.stories) stories.add(story);
        found.value = answer.stories;
        error.value = undefined;
      } catch (failure) {
        if (!(failure instanceof ApiError)) throw failure;
        error.value = failure;
      }
    };
    const timer = setTimeout(() => void look(), found.value ? pauseMs : 0);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [query.value]);
  const arrangement = carrying.arrangement.value;
  const count = found.value?.length ?? 0;
  return (
    <div class="finder">
      <label class="field">
        <span>{words.fronts.find}</span>
        <input
          type="search"
          data-focus="find"
          value={query.value}
          onInput={({ currentTarget }) => (query.value = currentTarget.value)}
        />
      </label>
      <Fault error={error.value} />
      <p class="finder-count" role="status">
        {found.value && (query.value.trim() === '' ? words.fronts.newest : words.fronts.found(count))}
      </p>
      <ul class="finder-list">
        {found.value?.map((story) => {
          const place = arrangement && placeOfStory(arrangement, stories, story.path);
          const section = titleOf(session.value?.site.sections, story.section);
          const date = story.due ?? story.published;
          const facts = [section, date && shortMomentOf(date)].filter(Boolean).join(' · ');
          return (
            <li key={story.path}>
              <StoryLine
                carrying={carrying}
                dragging={dragging}
                // Its handle is here, even if the story is on the front already.
                from={story.id}
                name={story.id}
                story={story}
                facts={facts}
                fate={
                  place && arrangement
                    ? { tone: 'plain', says: words.fronts.isHere(carrying.placeWords(place, arrangement)) }
                    : undefined
                }
              >
                {!place && arrangement && (
                  <button
                    type="button"
                    aria-label={words.fronts.addNamed(story.headline)}
                    onClick={() =>
                      carrying.put(
                        story.id,
                        { in: 'stories', at: arrangement.entries.length },
                        () => `find.${story.id}`,
                      )
                    }
                  >
                    {words.fronts.add}
                  </button>
                )}
              </StoryLine>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
