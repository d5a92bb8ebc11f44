import sharp from 'sharp';
import { type SmallNewsroom, siteYaml, smallNewsroom, story } from '../press/small-newsroom.fixture.ts';

/** The time of the tests. */
export const at = '2025-06-01T12:00:00Z';
const jpeg = (background: string) =>
  sharp({ create: { width: 60, height: 40, channels: 3, background } })
    .jpeg()
    .toBuffer();

/** A newsroom with everything that a newsroom can have. What readers cannot see contains the word "hush". */
export async function fullNewsroom(): Promise<SmallNewsroom> {
  const newsroom = smallNewsroom({
    'content/site.yaml': `${siteYaml}# hush, a note\n`,
    'content/topics.yaml': 'ferries:\n  title: Ferries\n  description: All about ferries.\n',
    'content/series.yaml': 'the-crossing:\n  title: The crossing\n  description: In three parts.\n',
    'content/authors/ann.yaml': 'name: Ann Example # who\nrole: Reporter\npicture: { src: ann.jpg, alt: Ann }\n',
    'content/authors/ann.jpg': await jpeg('#835'),
    'content/fronts/home.yaml': 'stories:\n  - full\n',
    'content/pages/about.md': '---\nheadline: About us\naliases: [/who]\n---\n\nWe print. <!-- hush -->\n',
    'content/pages/later.mdx': '---\nheadline: Hush\ndraft: true\n---\n\nHush.\n',
    'public/robots-note.txt': 'Nothing.\n',
    'public/.well-known/security.txt': 'Contact: mailto:desk@post.example\n',
    'content/stories/2025/02/full/index.mdx': story(
      {
        id: 'full',
        kicker: 'Sea',
        standfirst: 'It sailed.',
        byline: ['ann', { name: 'Bo Ek', role: 'Photographer', organisation: 'Sea Press' }],
        topics: ['Ferries', 'C++'],
        dateline: 'Galway',
        updated: '2025-02-13T09:00:00Z',
        type: 'feature',
        lead: {
          src: 'boat.jpg',
          alt: 'A boat',
          caption: 'Out at *last*',
          credit: 'Bo Ek',
          focus: '40% 30%',
          date: 2019,
        },
        pictures: { 'quay.jpg': { alt: 'A quay', caption: 'The quay', credit: 'Bo Ek' } },
        summary: 'A summary.',
        slug: 'the-ferry',
        aliases: ['/old/ferry.html'],
        related: ['2025/03/plain', 'hidden-one', { title: 'Elsewhere', url: 'https://other.example/' }],
        series: { title: 'The crossing', part: 1 },
        source: { name: 'Agency', url: 'https://agency.example/1', licence: 'CC BY 4.0' },
        corrections: [
          { date: '2025-03-01', type: 'correction', text: 'It sailed at seven.', prominent: true },
          { date: '2025-09-01', type: 'update', text: 'A hush correction of September.' },
        ],
        minor: 'A comma.',
        note: 'Ann sailed too.',
        warning: 'Waves.',
        sponsor: { name: 'Harbour board', url: 'https://harbour.example/', kind: 'partner' },
      },
      [
        'First.{/* hush */} A `{/* sign */}` in code.',
        '![](quay.jpg)',
        '<FactBox title="In short">\n\nIt [sailed](report.pdf).\n\n</FactBox>',
        '<Table src="times.csv" caption="Times" />',
        '<Figure wanted="https://old.example/lost.jpg" caption="Lost" credit="Agency" alt="A wreck" />',
      ].join('\n\n'),
    ),
    'content/stories/2025/02/full/boat.jpg': await jpeg('#358'),
    'content/stories/2025/02/full/quay.jpg': await jpeg('#583'),
    'content/stories/2025/02/full/quay.jpg.yaml': 'place: Galway\n',
    'content/stories/2025/02/full/unused-hush.jpg': await jpeg('#111'),
    'content/stories/2025/02/full/notes hush.txt': 'Call the source.\n',
    'content/stories/2025/02/full/report.pdf': '%PDF-1.4\n',
    'content/stories/2025/02/full/times.csv': 'Ferry,Time\nOne,07:00\n',
    'content/stories/2025/03/plain.md': story({ published: '2025-03-01' }).replaceAll('\n', '\r\n'),
    'content/stories/2025/03/übung.md': `\uFEFF${story({ language: 'de', translationOf: 'full' })}`,
    'content/stories/2025/03/notes.md': story({
      withdrawn: { date: '2025-08-01', reason: 'Hush until August.' },
    }).replace('---\n', '---\n# hush\n'),
    'content/stories/2025/04/gone/index.md': story(
      { standfirst: 'Hush.', published: '2025-04-01', withdrawn: { date: '2025-04-02', reason: 'It was wrong.' } },
      'Hush, it was wrong.\n\n![A quay](gone-hush.jpg)',
    ),
    'content/stories/2025/04/gone/gone-hush.jpg': await jpeg('#999'),
    'content/stories/2025/05/draft/index.md': story(
      { id: 'hidden-one', draft: true, published: undefined, headline: 'Hush' },
      'Hush.\n\n![A quay](draft-hush.jpg)',
    ),
    'content/stories/2025/05/draft/draft-hush.jpg': await jpeg('#777'),
    'content/stories/2025/05/embargoed.md': story({ published: '2025-05-01', embargo: '2025-07-01', headline: 'Hush' }),
    'content/stories/2025/07/scheduled.md': story({ published: '2025-07-02', headline: 'Hush' }),
  });
  return newsroom;
}
