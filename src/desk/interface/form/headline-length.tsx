import { headlineLimits } from './headline-limits.ts';
import { seenCharacters } from './seen-characters.ts';
import { formWords } from './words.ts';

const where = { front: formWords.fronts, search: formWords.search, phone: formWords.phone } as const;

/** The length of a headline, and where it is cut off. */
export function HeadlineLength({ text }: { text: string }) {
  const count = seenCharacters(text);
  return (
    <ul class="headline-length">
      <li>{formWords.characters(count)}</li>
      {headlineLimits.map(({ place, max }) => (
        <li key={place} class={count > max ? 'is-too-long' : undefined}>
          {count > max ? formWords.tooLong(where[place], count - max) : formWords.fits(where[place])}
        </li>
      ))}
    </ul>
  );
}
