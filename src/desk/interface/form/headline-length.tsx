import { seenCharacters } from './seen-characters.ts';
import { formWords } from './words.ts';

/** How many characters of a headline are seen at once: in two lines of a front, in results of search engines, on a phone. */
const places = [
  { where: formWords.fronts, max: 80 },
  { where: formWords.search, max: 60 },
  { where: formWords.phone, max: 65 },
] as const;

/** The length of a headline, and where it is cut off. */
export function HeadlineLength({ text }: { text: string }) {
  const count = seenCharacters(text);
  return (
    <ul class="headline-length">
      <li>{formWords.characters(count)}</li>
      {places.map(({ where, max }) => (
        <li key={where} class={count > max ? 'is-too-long' : undefined}>
          {count > max ? formWords.tooLong(where, count - max) : formWords.fits(where)}
        </li>
      ))}
    </ul>
  );
}
