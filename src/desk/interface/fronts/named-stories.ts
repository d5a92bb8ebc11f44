import { signal } from '@preact/signals';
import { ApiError, api } from '../api.ts';
import type { StoryLink } from '../contract.ts';
import { momentOf } from '../state/dates.ts';
import { onEvent } from '../state/session.ts';
import { words } from '../words.ts';
import { type Arrangement, nameAt, type Place, placesOf, samePlace } from './arrangement.ts';

/** The stories that a front names, as far as they are known. */
export class NamedStories {
  /** By name. A name that no story has is there, too, without a story. */
  readonly known = signal<ReadonlyMap<string, StoryLink | undefined>>(new Map());

  /** Keeps what is known up to date, until the returned function is called. */
  follow(names: () => string[]): () => void {
    return onEvent((event) => {
      if (event.kind === 'changed' || event.kind === 'published') void this.ask(names());
    });
  }

  /** Finds out about names that are new. */
  async learn(names: string[]): Promise<void> {
    const fresh = names.filter((name) => !this.known.value.has(name));
    if (fresh.length > 0) await this.ask(fresh);
  }

  /** Takes what a search found, so that its headline is known before the server is asked. */
  add(story: StoryLink): void {
    this.known.value = new Map([...this.known.value, [story.id, story]]);
  }

  headlineOf(name: string): string {
    return this.known.value.get(name)?.headline ?? name;
  }

  private async ask(names: string[]): Promise<void> {
    if (names.length === 0) return;
    try {
      const { stories } = await api.names([...new Set(names)]);
      const found = names.map((name) => [name, Object.hasOwn(stories, name) ? stories[name] : undefined] as const);
      this.known.value = new Map([...this.known.value, ...found]);
    } catch (error) {
      // The names are shown instead, and are asked for again at the next change.
      if (!(error instanceof ApiError)) throw error;
    }
  }
}

/** The place where a story is already, under whichever of its names. */
export function placeOfStory(arrangement: Arrangement, stories: NamedStories, path: string): Place | undefined {
  return placesOf(arrangement).find((place) => {
    const name = nameAt(arrangement, place);
    return name !== undefined && stories.known.value.get(name)?.path === path;
  });
}

/** What happens to a story on the front that is not simply printed there, and how bad that is. */
export interface Fate {
  tone: 'bad' | 'plain';
  says: string;
}

/**
 * What happens to the story at a place.
 *
 * @param placeWords what people call a place
 */
export function fateOf(
  arrangement: Arrangement,
  place: Place,
  stories: NamedStories,
  placeWords: (place: Place) => string,
): Fate | undefined {
  const { fates } = words.fronts;
  const name = nameAt(arrangement, place) ?? '';
  if (!stories.known.value.has(name)) return undefined;
  const story = stories.known.value.get(name);
  if (!story) return { tone: 'bad', says: fates.unknown };
  const first = shownAt(arrangement, stories, story.path);
  if (first && !samePlace(first, place)) return { tone: 'plain', says: fates.twice(placeWords(first)) };
  switch (story.state) {
    case 'draft':
    case 'withdrawn':
    case 'broken':
    case 'ready':
      return { tone: 'plain', says: fates[story.state] };
    case 'waiting':
      return { tone: 'plain', says: fates.waiting(story.due ? momentOf(story.due) : '') };
    default:
      return undefined;
  }
}

/** Where a story that is named more than once appears: in the banner, in the pinned place, or where it is named first. */
function shownAt(arrangement: Arrangement, stories: NamedStories, path: string): Place | undefined {
  const rank = { banner: 0, pinned: 1, stories: 2, with: 2 };
  const [first] = placesOf(arrangement)
    .filter((place) => stories.known.value.get(nameAt(arrangement, place) ?? '')?.path === path)
    .sort((a, b) => rank[a.in] - rank[b.in]);
  return first;
}
