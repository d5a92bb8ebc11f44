import { type ElementName, elements } from './elements.ts';

/**
 * Every state of every component, and every mistake that an editor can make with it. It is one list for the tests, for
 * the page checks, and for the gallery of `broadsheet dev`. The files and stories in it do not exist, so code
 * that renders the states has to provide substitutes.
 */
export interface ElementStates {
  /** By a short description of the state. `smallest` is the minimum. */
  states: Record<string, string>;
  /** By a short description of the mistake. */
  wrong: Record<string, { source: string; rule: string; severity?: 'warning' }>;
}

/** A very long name. */
const long = 'Aonghas Donnchadh Mac-Giolla-Chaoimhghín-Ó-Súilleabháin';

const states: Record<ElementName, ElementStates> = {
  Picture: {
    states: {
      smallest: '<Picture src="rope.jpg" alt="Two men tie a rope to a bollard" />',
      wide: '<Picture src="rope.jpg" alt="Two men tie a rope to a bollard" caption="The second ferry of the day" credit="A. Diallo" size="wide" />',
      full: '<Picture src="rope.jpg" alt="Two men tie a rope to a bollard" caption="The second ferry of the day" credit="A. Diallo" size="full" />',
      'half, with text beside it':
        '<Picture src="rope.jpg" alt="Two men tie a rope to a bollard" caption="The second ferry of the day" size="half" />\n\nThe second ferry was later than the first, and nobody had expected anything else of it.',
      decorative: '<Picture src="rope.jpg" decorative />',
    },
    wrong: {
      'no name': { source: '<Picture alt="x" />', rule: 'story-attribute-missing' },
      'a size that there is not': {
        source: '<Picture src="a.jpg" alt="x" size="huge" />',
        rule: 'story-attribute-wrong',
      },
      'in a paragraph': { source: 'See <Picture src="a.jpg" alt="x" /> here', rule: 'story-element-inline' },
      'in a figure': { source: '<figure>\n<Picture src="a.jpg" alt="x" />\n</figure>', rule: 'figure-nested' },
    },
  },
  Figure: {
    states: {
      'with only an address': '<Figure wanted="https://old.example/ferry.jpg" />',
      'with only alt text': '<Figure wanted="/uploads/2019/ferry.jpg" alt="A white ferry between two piers" />',
      'in a gallery, beside a picture':
        '<Gallery caption="The harbour">\n<Figure wanted="https://old.example/a.jpg" caption="Monday" credit="A. Diallo" />\n\n![A boat on its side](boat.jpg "Thursday")\n</Gallery>',
      'in a pair':
        '<Pair caption="The same window">\n<Figure wanted="https://old.example/a.jpg" caption="1963" />\n\n![The same window, open](after.jpg "2026")\n</Pair>',
    },
    wrong: {
      'no address': { source: '<Figure caption="x" />', rule: 'story-attribute-missing' },
      'an empty address': { source: '<Figure wanted="" />', rule: 'story-attribute-wrong' },
      'a name on another site': {
        source: '<Figure src="https://x.example/a.jpg" wanted="https://x.example/a.jpg" />',
        rule: 'picture-remote',
      },
      'in a paragraph': { source: 'See <Figure wanted="a.jpg" /> here', rule: 'story-element-inline' },
      'in a figure': { source: '<figure>\n<Figure wanted="a.jpg" />\n</figure>', rule: 'figure-nested' },
    },
  },
  Pair: {
    states: {
      smallest: '<Pair>\n![One](a.jpg)\n\n![Two](b.jpg)\n</Pair>',
      'with a shared caption':
        '<Pair caption="The same window, sixty years apart">\n<Picture src="a.jpg" alt="One" caption="1963" credit="Town archive" />\n\n<Picture src="b.jpg" alt="Two" caption="2026" credit="A. Diallo" />\n</Pair>',
    },
    wrong: {
      empty: { source: '<Pair>\n</Pair>', rule: 'story-element-empty' },
      'three pictures': {
        source: '<Pair>\n![a](a.jpg)\n\n![b](b.jpg)\n\n![c](c.jpg)\n</Pair>',
        rule: 'pair-of-others',
      },
      'a paragraph': { source: '<Pair>\n![a](a.jpg)\n\nText\n</Pair>', rule: 'story-element-children' },
    },
  },
  Gallery: {
    states: {
      smallest: '<Gallery>\n![One](a.jpg)\n\n![Two](b.jpg)\n</Gallery>',
    },
    wrong: {
      empty: { source: '<Gallery>\n</Gallery>', rule: 'story-element-empty' },
      'one picture': { source: '<Gallery>\n![a](a.jpg)\n</Gallery>', rule: 'gallery-of-one', severity: 'warning' },
      'a gallery in a gallery': {
        source: '<Gallery>\n<Gallery>\n![a](a.jpg)\n\n![b](b.jpg)\n</Gallery>\n</Gallery>',
        rule: 'story-element-children',
      },
    },
  },
  PullQuote: {
    states: {
      smallest: '<PullQuote>We were lucky.</PullQuote>',
      long: `<PullQuote by="${long}" role="assistant to the deputy harbour master">\nWe were *lucky*, and nobody who was out that night will tell you otherwise, whatever is written in the report.\n</PullQuote>`,
    },
    wrong: {
      empty: { source: '<PullQuote by="A"></PullQuote>', rule: 'story-element-empty' },
      'a list': { source: '<PullQuote>\n- a\n</PullQuote>', rule: 'story-element-children' },
      'an attribute that it does not have': {
        source: '<PullQuote from="A">x</PullQuote>',
        rule: 'story-attribute-unknown',
      },
      'in a paragraph': { source: 'He said <PullQuote>x</PullQuote> then', rule: 'story-element-inline' },
    },
  },
  BlockQuote: {
    states: {
      smallest: '<BlockQuote by="Ann Boyle">\nThe gates shall be shut.\n</BlockQuote>',
      'of a document':
        '<BlockQuote source="The Harbour Act, 1841">\nThe gates shall be shut.\n\n- at the second bell\n- at dusk\n</BlockQuote>',
      'as Markdown': '> The gates shall be shut.\n> — Ann Boyle, clerk to the council',
    },
    wrong: {
      empty: { source: '<BlockQuote by="A">\n</BlockQuote>', rule: 'story-element-empty' },
      'nobody said it': { source: '<BlockQuote>\nx\n</BlockQuote>', rule: 'story-attribute-missing' },
      'an address that is none': {
        source: '<BlockQuote by="A" url="javascript:x">\nx\n</BlockQuote>',
        rule: 'story-attribute-wrong',
      },
      'as Markdown, without a source': { source: '> x', rule: 'quote-without-source', severity: 'warning' },
    },
  },
  FactBox: {
    states: {
      'with headings inside': '<FactBox title="The lock">\n### Gates\n\nOak.\n\n### Keeper\n\nNobody.\n</FactBox>',
    },
    wrong: {
      empty: { source: '<FactBox title="A">\n</FactBox>', rule: 'story-element-empty' },
      'no title': { source: '<FactBox>\nx\n</FactBox>', rule: 'story-attribute-missing' },
    },
  },
  KeyPoints: {
    states: { 'with a title of its own': '<KeyPoints title="In short">\n1. First\n2. Second\n</KeyPoints>' },
    wrong: {
      empty: { source: '<KeyPoints>\n</KeyPoints>', rule: 'story-element-empty' },
      'no list': { source: '<KeyPoints>\nText\n</KeyPoints>', rule: 'story-element-children' },
    },
  },
  Timeline: {
    states: {
      smallest: '<Timeline>\n- **1841** The harbour opens.\n</Timeline>',
      'with paragraphs':
        '<Timeline>\n- **1841-05-04**: The harbour opens.\n\n  Nobody comes.\n\n- **1842** Somebody comes.\n</Timeline>',
    },
    wrong: {
      empty: { source: '<Timeline>\n</Timeline>', rule: 'story-element-empty' },
      'an entry without a date': {
        source: '<Timeline>\n- **1841** a\n- b\n</Timeline>',
        rule: 'timeline-without-date',
      },
      'no list': { source: '<Timeline>\n1841\n</Timeline>', rule: 'story-element-children' },
    },
  },
  Questions: {
    states: { smallest: '<Questions>\n## Why?\n\nBecause.\n</Questions>' },
    wrong: {
      empty: { source: '<Questions>\n</Questions>', rule: 'story-element-empty' },
      'a question without an answer': {
        source: '<Questions>\n### Why?\n\n### When?\n\nToday.\n</Questions>',
        rule: 'question-without-answer',
      },
      'an answer before any question': {
        source: '<Questions>\nToday.\n\n### Why?\n\nBecause.\n</Questions>',
        rule: 'story-element-children',
      },
    },
  },
  Profile: {
    states: {
      smallest: '<Profile name="Ann Boyle" />',
      'of an author': '<Profile author="ann" />',
      long: `<Profile name="${long}" role="Assistant to the deputy harbour master">\nOne sentence.\n\nAnother sentence.\n</Profile>`,
    },
    wrong: {
      nobody: { source: '<Profile role="clerk" />', rule: 'story-attribute-missing' },
      'a picture elsewhere': {
        source: '<Profile name="A" picture="https://x.example/a.jpg" />',
        rule: 'picture-remote',
      },
    },
  },
  ReadMore: {
    states: {},
    wrong: { empty: { source: '<ReadMore>\n</ReadMore>', rule: 'story-element-empty' } },
  },
  RichLink: {
    states: {
      'to a story': '<RichLink to="story:2025/02/harbour-reopens" />',
      'to a story that is not public yet': '<RichLink to="story:2025/02/secret" title="What the port will say" />',
      'to a page of this site': '<RichLink url="/about/" title="Who we are" />',
    },
    wrong: {
      'to nothing': { source: '<RichLink title="x" />', rule: 'story-attribute-missing' },
      'to two things': { source: '<RichLink to="story:x" url="/y/" />', rule: 'story-attribute-wrong' },
      'to no story': { source: '<RichLink to="harbour" />', rule: 'story-attribute-wrong' },
      'to a page without words': { source: '<RichLink url="https://x.example/" />', rule: 'story-attribute-missing' },
      'with words inside': { source: '<RichLink url="/x/" title="y">z</RichLink>', rule: 'story-element-children' },
    },
  },
  Table: {
    states: {
      'from a file': '<Table src="reservoir.csv" caption="The reservoir on 1 March" source="Water board" />',
      'from a file, some columns':
        '<Table src="reservoir.csv" columns="Full (%), Year" headers="columns" caption="How full it was" />',
      'as Markdown':
        'Table: Ferries on a *working* day\n\n| Route | Sailings |\n| --- | --- |\n| Inis Mór | 6 |\n| Inis Oírr | 1,204 |',
      wide: `<Table caption="More than fits">\n| ${'A long head | '.repeat(9)}\n| ${'--- | '.repeat(9)}\n| ${'12,345 | '.repeat(9)}\n</Table>`,
    },
    wrong: {
      empty: { source: '<Table caption="x">\n</Table>', rule: 'story-element-empty' },
      'no caption': { source: '<Table src="a.csv" />', rule: 'story-attribute-missing' },
      'a file and a table': {
        source: '<Table src="a.csv" caption="x">\n| a |\n| - |\n| 1 |\n</Table>',
        rule: 'table-twice',
      },
      'a file elsewhere': { source: '<Table src="https://x.example/a.csv" caption="x" />', rule: 'table-elsewhere' },
      'no table': { source: '<Table caption="x">\nText\n</Table>', rule: 'story-element-children' },
      'as Markdown, without heads': {
        source: '| | |\n| - | - |\n| 1 | 2 |',
        rule: 'table-without-header',
        severity: 'warning',
      },
    },
  },
  Warning: {
    states: {},
    wrong: {
      empty: { source: '<Warning text="x">\n</Warning>', rule: 'story-element-empty' },
      'of nothing': { source: '<Warning>\nx\n</Warning>', rule: 'story-attribute-missing' },
    },
  },
  Embed: {
    states: { smallest: '<Embed url="https://www.video.example/42" title="The storm" />' },
    wrong: {
      'no address': { source: '<Embed title="x" />', rule: 'story-attribute-missing' },
      'an address that runs': { source: '<Embed url="javascript:x" title="x" />', rule: 'story-attribute-wrong' },
    },
  },
};

/** For each component: its example, and its other states. */
export const elementStates: Record<ElementName, ElementStates> = Object.fromEntries(
  Object.entries(states).map(([name, { states, wrong }]) => [
    name,
    { states: { example: elements[name as ElementName].example, ...states }, wrong },
  ]),
) as unknown as Record<ElementName, ElementStates>;
