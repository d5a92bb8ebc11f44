import { digestOf } from '../index/digest.ts';
import type { IndexHandle } from '../index/handle.ts';
import { lengthOf, partLength, partsOf, whole } from '../index/rows.ts';
import { correctionsAddress } from '../site/address.ts';
import type { Card } from '../story/card.ts';
import type { Correction } from '../story/correction.ts';
import type { Family } from './family.ts';
import { type Kind, read } from './kind.ts';
import { neighbours } from './lists.ts';
import { type NextStory, nextStory } from './shown.ts';

/** A correction, with its story. */
export interface CorrectedResult {
  /** Stays the same when the address of the story changes, or when another correction is put above or below it. */
  id: string;
  date: number;
  type: Correction['type'];
  text: string;
  story: NextStory;
}

/** A page of the corrections of a year, newest first. */
export interface CorrectionsPage {
  corrections: CorrectedResult[];
  parts: number;
  older?: string;
  newer?: string;
}

const rows = `
  SELECT correction.*, card, (
    SELECT count(*) FROM correction AS twin
    WHERE twin.period = correction.period AND twin.date = correction.date AND twin.id = correction.id
      AND twin.type = correction.type AND twin.text = correction.text AND twin.place < correction.place) AS twins
  FROM correction JOIN story USING (id)`;

type Row = { date: number; type: CorrectedResult['type']; text: string; card: string; twins: number };

const corrected = (found: unknown[]): CorrectedResult[] =>
  (found as Row[]).map(({ date, type, text, card, twins }) => {
    const story = JSON.parse(card) as Card;
    const when = new Date(date).toISOString().replace('.000Z', 'Z');
    return {
      id: `${story.name ?? story.id}/corrections/${when}/${digestOf(`${type} ${text}`).slice(0, 8)}${twins > 0 ? `/${twins + 1}` : ''}`,
      ...{ date, type, text, story: nextStory(story) },
    };
  });

// Corrections are the list of that name, so an edit affects them like any list: see `lists.ts`.
const latest: Kind<[count: number], CorrectedResult[]> = {
  name: 'corrections',
  subject: () => 'list:corrections',
  resolve: (index, count) =>
    whole(
      corrected(
        index
          .sql(
            `${rows} ORDER BY correction.period DESC, correction.date DESC, correction.id DESC, correction.place DESC LIMIT ? + 0`,
          )
          .all(count),
      ),
    ),
};

const ofYear: Kind<[year: string, part: number], Pick<CorrectionsPage, 'corrections' | 'parts'>> = {
  name: 'corrected',
  subject: (year) => `period:corrections:${year}`,
  resolve: (index, year, part) => {
    // Counted from the oldest, so that a new one moves no other to another page, but shown in reverse.
    const found = index
      .sql(
        `${rows} WHERE correction.period = ? ORDER BY correction.period, correction.date, correction.id, correction.place LIMIT ? + 0 OFFSET ? + 0`,
      )
      .all(year, partLength, (part - 1) * partLength);
    return whole({ corrections: corrected(found).reverse(), parts: partsOf(lengthOf(index, 'corrections', year)) });
  },
};

/** The latest corrections, newest first. */
export const queryCorrections = (index: IndexHandle, count: number): CorrectedResult[] => read(index, latest, count);

/** A page of the corrections of a year. */
export function queryCorrected(index: IndexHandle, year: string, part: number): CorrectionsPage | undefined {
  const found = read(index, ofYear, year, part);
  if (found.corrections.length === 0) return undefined;
  const { older, newer } = read(index, neighbours, 'corrections', year);
  return { ...found, older, newer };
}

export const correctionFamily: Family = { kinds: [latest, ofYear], fixed: [correctionsAddress] };
