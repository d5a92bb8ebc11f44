import { type Entry, type Example, inFolderMdx, mdx, photo } from './example.ts';

/* Story components. */

const pictures = (body: string): Example => ({
  [inFolderMdx]: { body },
  [photo]: { picture: 'jpeg' },
  'content/stories/2025/03/ferry/quay.jpg': { picture: 'jpeg' },
  'content/stories/2025/03/ferry/pier.jpg': { picture: 'jpeg' },
});
const [one, two, three] = ['![A white ferry](photo.jpg)', '![The quay](quay.jpg)', '![The pier](pier.jpg)'];

export const componentRules = {
  'story-element-unknown': {
    severity: 'error',
    means: 'A tag is not a story component and not HTML. docs/story.md lists all components.',
    wrong: mdx('<PulQuote>The ferries stay in port.</PulQuote>'),
    right: mdx('<PullQuote>The ferries stay in port.</PullQuote>'),
  },
  'story-element-children': {
    severity: 'error',
    means: 'A component contains something that it cannot contain, such as a list in a pull quote.',
    wrong: mdx('<KeyPoints>\nThe ferries stay in port.\n</KeyPoints>'),
    right: mdx('<KeyPoints>\n- The ferries stay in port.\n- The trains run.\n</KeyPoints>'),
  },
  'story-element-empty': {
    severity: 'error',
    means: 'A component has no content, so there is nothing to print.',
    wrong: mdx('<KeyPoints>\n</KeyPoints>'),
    right: mdx('<KeyPoints>\n- The ferries stay in port.\n- The trains run.\n</KeyPoints>'),
  },
  'story-element-inline': {
    severity: 'error',
    means: 'A component is in the middle of a paragraph. Put an empty line before and after it.',
    wrong: mdx('The harbour master said: <PullQuote>The ferries stay in port.</PullQuote> Then she left.'),
    right: mdx('The harbour master spoke.\n\n<PullQuote>The ferries stay in port.</PullQuote>\n\nThen she left.'),
  },
  'story-attribute-unknown': {
    severity: 'error',
    means: 'A component has an attribute that does not exist. It is often misspelled.',
    wrong: mdx('<FactBox titel="The ferries">\nThree sail a day.\n</FactBox>'),
    right: mdx('<FactBox title="The ferries">\nThree sail a day.\n</FactBox>'),
  },
  'story-attribute-missing': {
    severity: 'error',
    means: 'A component lacks an attribute that it needs.',
    wrong: mdx('<FactBox>\nThree sail a day.\n</FactBox>'),
    right: mdx('<FactBox title="The ferries">\nThree sail a day.\n</FactBox>'),
  },
  'story-attribute-wrong': {
    severity: 'error',
    means: 'The value of an attribute does not have the form that it needs.',
    wrong: mdx('<RichLink to="harbour" />'),
    right: mdx('<RichLink to="story:2025/02/harbour" />'),
  },
  'story-attribute-twice': {
    severity: 'error',
    means: 'A component has the same attribute twice.',
    wrong: mdx('<FactBox title="The ferries" title="The boats">\nThree sail a day.\n</FactBox>'),
    right: mdx('<FactBox title="The ferries">\nThree sail a day.\n</FactBox>'),
  },
  'figure-nested': {
    severity: 'error',
    means: 'A figure, or a component that makes one, is inside another figure.',
    wrong: pictures('<figure>\n<Picture src="photo.jpg" alt="A white ferry" />\n</figure>'),
    right: pictures('<Picture src="photo.jpg" alt="A white ferry" />'),
  },
  'timeline-without-date': {
    severity: 'error',
    means: 'An entry of a timeline does not begin with a date in bold.',
    wrong: mdx('<Timeline>\n- The harbour opens.\n</Timeline>'),
    right: mdx('<Timeline>\n- **2025-02-12** The harbour opens.\n</Timeline>'),
  },
  'question-without-answer': {
    severity: 'error',
    means: 'A question has no answer below it.',
    wrong: mdx('<Questions>\n### When do ferries sail?\n\n### How long do they take?\n\nAn hour.\n</Questions>'),
    right: mdx('<Questions>\n### When do ferries sail?\n\nAt seven.\n</Questions>'),
  },
  'gallery-of-one': {
    severity: 'warning',
    means: 'A gallery has only one picture. A single picture does not need a gallery.',
    wrong: pictures(`<Gallery>\n${one}\n</Gallery>`),
    right: pictures(`<Gallery>\n${one}\n\n${two}\n</Gallery>`),
  },
  'pair-of-others': {
    severity: 'error',
    means: 'A pair has one picture, or more than two.',
    wrong: pictures(`<Pair>\n${one}\n\n${two}\n\n${three}\n</Pair>`),
    right: pictures(`<Pair>\n${one}\n\n${two}\n</Pair>`),
  },
  'table-twice': {
    severity: 'error',
    means: 'A table component names a file and also contains a table.',
    wrong: {
      [inFolderMdx]: {
        body: '<Table src="berths.csv" caption="Berths">\n| Port | Berths |\n| --- | --- |\n| Galway | 7 |\n</Table>',
      },
      'content/stories/2025/03/ferry/berths.csv': 'Port,Berths\nGalway,7\n',
    },
    right: mdx('<Table caption="Berths">\n\n| Port | Berths |\n| --- | --- |\n| Galway | 7 |\n\n</Table>'),
  },
  'table-without-header': {
    severity: 'warning',
    means: 'A table has an empty header row, so screen readers cannot say what its columns contain.',
    wrong: mdx('|  |  |\n| --- | --- |\n| Galway | 7 |'),
    right: mdx('| Port | Berths |\n| --- | --- |\n| Galway | 7 |'),
  },
} satisfies Record<string, Entry>;
