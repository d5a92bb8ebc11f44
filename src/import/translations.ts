import type { StoryFields } from './story-fields.ts';

/** What is needed of a planned story. */
interface PlannedStory {
  file: string;
  story: string;
  isPage?: boolean;
  fields: StoryFields;
  translationOf?: string;
}

/**
 * Connects the versions of a story in several languages. The original is the one that the archive marks, then the one in
 * the language of the site, and then the first. Each version keeps its own address.
 *
 * @param siteLanguage of stories that name none
 */
export function linkTranslations(stories: readonly PlannedStory[], siteLanguage: string): void {
  const groups = Map.groupBy(
    stories.filter(({ fields, isPage }) => fields.translationKey !== undefined && !isPage),
    ({ fields }) => fields.translationKey,
  );
  const languageOf = ({ fields }: PlannedStory): string => (fields.language ?? siteLanguage).toLowerCase();
  for (const group of groups.values()) {
    const original =
      group.find(({ fields }) => fields.isOriginal) ??
      group.find((story) => languageOf(story) === siteLanguage.toLowerCase()) ??
      group.find((story) => languageOf(story).split('-')[0] === siteLanguage.toLowerCase().split('-')[0]) ??
      group[0];
    if (!original) continue;
    const taken = new Set([languageOf(original)]);
    for (const story of group) {
      // Two stories in one language are no translations of each other, whatever their key says.
      if (story === original || taken.has(languageOf(story))) continue;
      taken.add(languageOf(story));
      story.translationOf = original.story;
    }
  }
  for (const story of stories) {
    const wanted = story.fields.translates
      ?.replace(/^story:/, '')
      .replace(/\.mdx?$/i, '')
      .replace(/^\/|\/$/g, '');
    if (wanted === undefined || story.translationOf !== undefined) continue;
    const original = stories.find(
      (other) =>
        other !== story && !other.isPage && (other.story === wanted || `/${stemOf(other.file)}`.endsWith(`/${wanted}`)),
    );
    if (original) story.translationOf = original.story;
  }
}

const stemOf = (file: string): string => file.replace(/\.[^./]+$/, '').replace(/\/index$/, '');
