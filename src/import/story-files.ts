import type { LinkAnswer } from './body/context.ts';
import type { ConvertTools } from './converted.ts';
import type { StoryDocuments } from './documents/story-documents.ts';
import { answerLink, type LinkPlace } from './links.ts';
import type { StoryPictures } from './picture-shelf.ts';
import type { PlannedStory } from './plan.ts';
import { isHiddenFromReaders } from './visibility.ts';

/** The pictures and documents of a story while it is converted. */
export interface StoryFiles {
  pictures: StoryPictures;
  documents: StoryDocuments;
  link(url: string): LinkAnswer;
}

/** Where the links of an item begin. */
export const placeIn = ({ key, oldAddress }: PlannedStory): LinkPlace => ({ file: key, address: oldAddress });

/** Of the names of files beside a story. Standing pages share a folder. */
export const prefixOf = ({ isPage, story }: PlannedStory): string => (isPage ? `${story.slice(1, -1)}-` : '');

/** Starts the conversion of a story. */
export function openFiles(planned: PlannedStory, { shelf, documents, map, now }: ConvertTools): StoryFiles {
  const place = placeIn(planned);
  const prefix = prefixOf(planned);
  const own = documents.story({
    place,
    file: planned.file,
    address: planned.address,
    isHidden: isHiddenFromReaders(planned, now),
    prefix,
  });
  // A list of changes in software has thousands of links to the same few addresses, and each is asked several times.
  const answers = new Map<string, LinkAnswer>();
  return {
    pictures: shelf.story(place, prefix),
    documents: own,
    link: (url) => {
      let answer = answers.get(url);
      if (answer === undefined) {
        answer = answerLink(url, place, map, own.link);
        answers.set(url, answer);
      }
      return answer;
    },
  };
}

/**
 * Reads the files that a conversion asked for and that are not yet known.
 *
 * @returns whether there were any, so that the story has to be converted again
 */
export async function loadFiles({ shelf, documents }: ConvertTools): Promise<boolean> {
  const [hasPictures, hasDocuments] = [await shelf.load(), await documents.load()];
  return hasPictures || hasDocuments;
}
