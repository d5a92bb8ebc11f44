/** The words of the corpus: news of a small town, so that lengths and punctuation are typical of news. */

export const sections = [
  { id: 'world', title: 'World' },
  { id: 'politics', title: 'Politics' },
  { id: 'business', title: 'Business' },
  { id: 'science', title: 'Science' },
  { id: 'culture', title: 'Culture' },
  { id: 'sport', title: 'Sport' },
] as const;

const topicKinds = ['Harbour', 'School', 'Budget', 'River', 'Hospital', 'Housing', 'Energy', 'Farm', 'Museum', 'Rail'];
const topicSides = ['safety', 'reform', 'repairs', 'funding', 'history', 'future'];
/** 60 topics. */
export const topics = topicKinds.flatMap((kind) =>
  topicSides.map((side) => ({ id: `${kind.toLowerCase()}-${side}`, title: `${kind} ${side}` })),
);

const firstNames = ['Mara', 'Tomasz', 'Aoife', 'Jonah', 'Leila'];
const lastNames = ['Holt', 'Reid', 'Sandell', 'Okafor', 'Quill'];
/** 25 authors. */
export const authors = firstNames.flatMap((first) =>
  lastNames.map((last) => ({ id: `${first}-${last}`.toLowerCase(), name: `${first} ${last}` })),
);

export const towns = ['Galway', 'Merewick', 'Rotterdam', 'Bergen', 'Lviv', 'Porto', 'Riga', 'Nantes', 'Split', 'Cork'];

export const subjects = [
  'the city council',
  'the harbour board',
  'the minister for transport',
  'a committee of teachers',
  'the regional hospital',
  'the farmers’ union',
  'the owner of the ferry',
  'a group of residents',
  'the court of appeal',
  'the energy regulator',
  'the head of the rescue service',
  'the museum’s new director',
  'an engineer who worked on the bridge',
  'the opposition',
  'the river authority',
  'the largest employer in the valley',
  'the national statistics office',
  'a former mayor',
  'the railway company',
  'the team’s captain',
];

export const verbs = [
  'has approved',
  'has put off',
  'wants to change',
  'is expected to publish',
  'voted against',
  'has defended',
  'will pay for',
  'has asked a judge to stop',
  'is looking again at',
  'has found mistakes in',
  'welcomed',
  'has promised to finish',
  'was not told about',
  'has spent two years on',
  'described as "necessary"',
  'could not explain',
];

export const objects = [
  'the plan for the old market hall',
  'a budget of 14.6 million',
  'the repairs to the sea wall',
  'the timetable for the night trains',
  'a report on the floods of last winter',
  'the sale of 212 houses',
  'the agreement on fishing rights',
  'a new school for 600 children',
  'the cost of heating the hospital',
  'the survey of the river bed',
  'a pension scheme for 1,900 workers',
  'the vote on the bypass',
  'the search for a new coach',
  'an exhibition of photographs from 1931',
  'the rules for short lets',
  'a contract that ends in March',
];

export const places = [
  'in the harbour district',
  'on the north bank',
  'across the region',
  'in the three largest towns',
  'along the coast',
  'near the border',
  'in the upper valley',
  'at the national level',
  'behind closed doors',
  'before a full gallery',
];

export const times = [
  'On Monday',
  'Late on Thursday',
  'After six hours of talks',
  'For the second time this year',
  'In a letter seen by this paper',
  'By a margin of two votes',
  'Without giving a reason',
  'As the rain returned',
];

export const tails = [
  'officials said',
  'according to three people who were in the room',
  'although the money has not been found',
  'and nobody expects it to be the last word',
  'which is less than was hoped for',
  'a spokesman confirmed',
  'while prices went on rising',
  'as the law requires',
  'the documents show',
  'and work could begin in the spring',
];

export const headlineVerbs = [
  'votes on',
  'delays',
  'questions',
  'backs',
  'rejects',
  'reopens',
  'counts the cost of',
  'rethinks',
  'defends',
  'inspects',
];
export const headlineSubjects = [
  'Council',
  'Harbour board',
  'Minister',
  'Court',
  'Union',
  'Hospital',
  'Regulator',
  'Museum',
  'Ferry owner',
  'Mayor',
  'Committee',
  'Railway',
];
export const headlineObjects = [
  'sea wall repairs',
  'night trains',
  'market hall plan',
  'school budget',
  'flood report',
  'house sale',
  'fishing agreement',
  'heating costs',
  'river survey',
  'pension scheme',
  'bypass vote',
  'lantern replica',
];
export const headlineEnds = ['after storm', 'for third time', 'before election', 'in narrow vote', 'as costs rise', ''];

export const subheads = [
  'What happens next',
  'Who pays',
  'How it came to this',
  'What the figures say',
  'The other side',
];
