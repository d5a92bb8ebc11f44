import type { IndexHandle } from '../index/handle.ts';
import { picturesIn } from '../index/picture-rows.ts';
import type { PictureFacts } from '../pictures/picture.ts';
import type { Problem } from '../problems/problem.ts';
import { queryLatest } from '../queries/queries.ts';
import type { ShownBody } from '../queries/results.ts';
import { type BodyLookups, showParts } from '../queries/show-body.ts';
import { hrefOf, type Site } from '../site/site.ts';
import type { BodyPicture } from '../story/body/body.ts';
import { compileBody } from '../story/body/compile.ts';
import { elementStates } from '../story/element-states.ts';
import { type ElementName, elements } from '../story/elements.ts';

/** A component as the gallery shows it. */
export interface Exhibit {
  name: string;
  description: string;
  states: { state: string; source: string; body: ShownBody }[];
  wrong: { use: string; source: string; problems: Problem[] }[];
}

/**
 * Every component in all its states, from the examples that the tests use. The files in the examples do not exist, so
 * the newsroom's own pictures and its newest story are used instead.
 */
export function exhibits(index: IndexHandle, site: Site): Exhibit[] {
  const pictures = standIns(index);
  const latest = queryLatest(index, 'site', 12);
  const card = latest.find(({ lead }) => lead) ?? latest[0];
  const lookups = {
    link: () => card?.address,
    card: (name: string) => (name.includes('secret') ? undefined : card),
    author: () => ({ name: 'Ann Example', role: 'Reporter', bio: 'She reports.', href: hrefOf(site, '/') }),
    picture: pictures,
    table: () => table,
  };
  const compile = (text: string) =>
    compileBody({ text, format: 'mdx', file: 'story.mdx', firstLine: 1 }, { language: site.language, base: '' });
  return Object.entries(elementStates).map(([name, { states, wrong }]) => ({
    name,
    description: elements[name as ElementName].description,
    states: Object.entries(states).map(([state, source]) => ({
      state,
      source,
      body: showParts(compile(source).body, site, lookups),
    })),
    wrong: Object.entries(wrong).map(([use, { source }]) => ({ use, source, problems: compile(source).problems })),
  }));
}

const table = {
  heads: ['Year', 'Full (%)', 'Remark'],
  rows: [
    ['2016', '97', ''],
    ['2020', '95', 'before the dry winters'],
    ['2024', '41', 'the lowest on 1 March'],
  ],
};

/** The same picture for the same name. Names that the examples use for upright pictures get upright ones. */
function standIns(index: IndexHandle): BodyLookups['picture'] {
  const facts = [...picturesIn(index, 60)].map((picture) => picture.facts);
  const isTall = ({ heightPx, widthPx }: PictureFacts) => heightPx > widthPx;
  const [tall, wide] = [facts.filter(isTall), facts.filter((found) => !isTall(found))];
  return ({ src, wanted: address, alt = '', caption, credit }: BodyPicture) => {
    if (address !== undefined) return { placeholder: { caption: caption ?? (alt || undefined), credit } };
    const wanted = /^(?:a|b|c|before|after|harbour-master)\./.test(src) ? tall : wide;
    const choice = wanted.length > 0 ? wanted : facts;
    const found = choice[[...src].reduce((sum, sign) => sum + sign.charCodeAt(0), 0) % Math.max(1, choice.length)];
    if (!found) throw new Error('The gallery needs a newsroom with at least one picture in a story.');
    return { shown: { facts: found, alt, caption, credit } };
  };
}
