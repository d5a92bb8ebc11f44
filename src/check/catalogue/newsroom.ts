import type { rulesByRoom } from '../../problems/rules.ts';
import { type Entry, ferry, front, md, site } from './example.ts';

/* The newsroom as a whole: its files, names, addresses, lists and links. */

const other = 'content/stories/2025/03/other.md';

export const ingestRules: Record<(typeof rulesByRoom)['ingest'][number], Entry> = {
  'no-newsroom': {
    severity: 'error',
    means: 'The folder has no content/site.yaml, so it is not a newsroom.',
    test: 'src/press/bad-input.test.ts',
  },
  'newsroom-empty': {
    severity: 'error',
    means: 'The newsroom has no stories yet, so there is nothing to publish.',
    test: 'src/press/bad-input.test.ts',
  },
  'newer-format': {
    severity: 'error',
    means: 'The newsroom was upgraded for a newer version of Broadsheet than the one that is reading it.',
    wrong: site('broadsheet: 99\n'),
    right: site('broadsheet: 1\n'),
  },
  'symbolic-link': {
    severity: 'error',
    means:
      'A symbolic link points outside the newsroom or to a folder, or its target does not exist. Broadsheet publishes only files that are in the newsroom.',
    wrong: { 'public/hosts.txt': { linkTo: '/etc/hosts' } },
    right: { 'public/hosts.txt': 'The first ferry sails at seven.\n' },
  },
  'stray-file': {
    severity: 'warning',
    means: 'A file in content/ is in a folder in which Broadsheet does not look for files of its kind.',
    wrong: { 'content/ferry.md': '---\nheadline: Ferries\n---\n\nThe first ferry sails at seven.\n' },
    right: { 'content/pages/ferry.md': '---\nheadline: Ferries\n---\n\nThe first ferry sails at seven.\n' },
  },
  'story-twice': {
    severity: 'error',
    means:
      'There are two files for the same story, such as ferry.md and ferry/index.md, so Broadsheet cannot tell which one to print.',
    wrong: { [ferry]: { body: 'One.' }, 'content/stories/2025/03/ferry/index.md': { body: 'Two.' } },
    right: { [ferry]: { body: 'One.' }, 'content/stories/2025/03/ferry-two/index.md': { body: 'Two.' } },
  },
  'page-twice': {
    severity: 'error',
    means: 'There are two files for the same standing page, such as about.md and about.mdx.',
    wrong: { 'content/pages/about.mdx': '---\nheadline: About\n---\n\nUs.\n' },
    right: { 'content/pages/contact.mdx': '---\nheadline: Contact\n---\n\nUs.\n' },
  },
  'author-twice': {
    severity: 'error',
    means: 'There are two files for the same author, such as ann.yaml and ann.yml.',
    wrong: { 'content/authors/ann.yml': 'name: Ann Other\n' },
    right: { 'content/authors/ann-other.yml': 'name: Ann Other\n' },
  },
  'front-twice': {
    severity: 'error',
    means: 'There are two files for the same front, such as home.yaml and home.yml.',
    wrong: { 'content/fronts/home.yaml': 'stories: []\n', 'content/fronts/home.yml': 'stories: []\n' },
    right: { 'content/fronts/home.yaml': 'stories: []\n', 'content/fronts/world.yml': 'stories: []\n' },
  },
  'name-taken': {
    severity: 'error',
    means:
      'Two stories have the same name: the path below content/stories, or the  id  that a story gives itself. A link to that name could lead to either.',
    wrong: { [ferry]: { front: 'id: morning\n' }, [other]: { front: 'id: morning\n' } },
    right: { [ferry]: { front: 'id: morning\n' }, [other]: { front: 'id: evening\n' } },
  },
  'address-taken': {
    severity: 'error',
    means:
      'Two pages or files would have the same address, or addresses that differ only in capital letters. This is also the error if a page would have an address that Broadsheet or the host needs.',
    wrong: { [ferry]: { front: 'slug: morning\n' }, [other]: { front: 'slug: morning\n' } },
    right: { [ferry]: { front: 'slug: morning\n' }, [other]: { front: 'slug: evening\n' } },
  },
  'alias-taken': {
    severity: 'error',
    means: 'An alias, the old address of a story or page, is now the address of something else.',
    wrong: front('aliases: [/about/]\n'),
    right: front('aliases: [/old/ferries/]\n'),
  },
  'alias-wildcard': {
    severity: 'warning',
    means:
      'An alias contains * or a colon before a name, which hosts read as wildcards. Broadsheet does not: it redirects only that exact address.',
    wrong: front('aliases: [/old/*/]\n'),
    besides: ['address-for-windows'],
    right: front('aliases: [/old/ferries/]\n'),
  },
  'alias-not-listed': {
    severity: 'warning',
    means:
      'An alias with a query cannot be written into the list of redirects, because hosts would read it as a pattern for other addresses.',
    wrong: front('aliases: ["/old/?:page"]\n'),
    right: front('aliases: ["/old/?page=1"]\n'),
  },
  'redirect-taken': {
    severity: 'error',
    means:
      'An address under `redirects` in site.yaml is the address of a page or file, an alias, or listed twice. Readers could not reach the page, or the redirect would have no effect.',
    wrong: site('redirects:\n  /about/: /\n'),
    right: site('redirects:\n  /about-us/: /about/\n'),
  },
  'redirect-loop': {
    severity: 'error',
    means: 'Redirects in site.yaml lead in a circle, so browsers give up.',
    wrong: site('redirects:\n  /us/: /team/\n  /team/: /us/\n'),
    right: site('redirects:\n  /us/: /about/\n  /team/: /about/\n'),
  },
  'redirect-chain': {
    severity: 'warning',
    means: 'A redirect in site.yaml leads to an address that redirects again. Readers wait for each of them.',
    wrong: site('redirects:\n  /port/: /old/harbour/\n'),
    right: site('redirects:\n  /port/: /2025/02/harbour/\n'),
  },
  'redirect-target-missing': {
    severity: 'warning',
    means: 'A redirect in site.yaml leads to an address at which there is nothing.',
    wrong: site('redirects:\n  /rss.xml: /feeds.xml\n'),
    right: site('redirects:\n  /rss.xml: /feed.xml\n'),
  },
  'redirect-over-pages': {
    severity: 'warning',
    means:
      'A folder under `redirects` in site.yaml contains pages of this site. Most hosts look for a page first and redirect only what is missing. A host that does not would hide the pages, so it does not get this redirect.',
    wrong: site('redirects:\n  /2025/*: /about/\n'),
    right: site('redirects:\n  /1999/*: /about/\n'),
  },
  'section-twice': {
    severity: 'error',
    means: 'Two sections of site.yaml have the same id.',
    wrong: site('  - { id: world, title: The world }\n'),
    right: site('  - { id: culture, title: Culture }\n'),
  },
  'feed-twice': {
    severity: 'error',
    means: 'Two feeds under `feeds` in site.yaml have the same id.',
    wrong: site('feeds:\n  - { id: agency }\n  - { id: agency, text: summary }\n'),
    right: site('feeds:\n  - { id: agency }\n  - { id: agency-short, text: summary }\n'),
  },
  'feed-empty': {
    severity: 'warning',
    means: 'No story belongs to a feed under `feeds` in site.yaml, so partners get an empty feed.',
    wrong: site('feeds:\n  - { id: agency, topics: [harbor] }\n'),
    right: site('feeds:\n  - { id: agency, sections: [world] }\n'),
  },
  'author-id': {
    severity: 'error',
    means:
      'The name of an author file is the id of the author in bylines and addresses, so it can have only lower-case letters, digits and hyphens.',
    wrong: { 'content/authors/Bob Example.yaml': 'name: Bob Example\n' },
    right: { 'content/authors/bob-example.yaml': 'name: Bob Example\n' },
  },
  'topic-id': {
    severity: 'error',
    means: 'A key of topics.yaml is the last part of an address, so it cannot have spaces or capital letters.',
    wrong: { 'content/topics.yaml': 'Sea Ports:\n  title: Sea ports\n' },
    right: { 'content/topics.yaml': 'sea-ports:\n  title: Sea ports\n' },
  },
  'topic-twice': {
    severity: 'error',
    means: 'Two topics of topics.yaml have the same title or alias, so nobody can tell which one a story means.',
    wrong: { 'content/topics.yaml': 'sea:\n  title: The coast\ncoast:\n  aliases: [The coast]\n' },
    right: { 'content/topics.yaml': 'sea:\n  title: The sea\ncoast:\n  aliases: [The coast]\n' },
  },
  'topic-signs': {
    severity: 'warning',
    means:
      'Two stories spell a topic with different punctuation, such as AC/DC and AC DC. Both have the same address, so they are one topic.',
    wrong: { [ferry]: { front: 'topics: [AC/DC]\n' }, [other]: { front: 'topics: [AC DC]\n' } },
    right: { [ferry]: { front: 'topics: [AC/DC]\n' }, [other]: { front: 'topics: [AC/DC]\n' } },
  },
  'series-id': {
    severity: 'error',
    means: 'A key of series.yaml is the last part of an address, so it cannot have spaces or capital letters.',
    wrong: { 'content/series.yaml': 'Sea Ports:\n  title: Sea ports\n' },
    right: { 'content/series.yaml': 'sea-ports:\n  title: Sea ports\n' },
  },
  'unknown-front': {
    severity: 'error',
    means: 'A file in content/fronts/ has a name that is neither  home  nor the id of a section.',
    wrong: { 'content/fronts/wrold.yaml': 'stories: []\n' },
    right: { 'content/fronts/world.yaml': 'stories: []\n' },
  },
  'front-story-twice': {
    severity: 'warning',
    means: 'A front names the same story twice. Readers see it once, in its first place.',
    wrong: { 'content/fronts/home.yaml': 'stories: [2025/02/harbour, 2025/02/harbour]\n' },
    right: { 'content/fronts/home.yaml': 'stories: [2025/02/harbour]\n' },
  },
  'front-story-waiting': {
    severity: 'warning',
    means:
      'A front names a story that readers cannot see: it is a draft, under embargo, dated later, or withdrawn. The front is shown without it.',
    wrong: { [ferry]: { front: 'draft: true\n' }, 'content/fronts/home.yaml': 'stories: [2025/03/ferry]\n' },
    right: { [ferry]: { front: 'kicker: Ferries\n' }, 'content/fronts/home.yaml': 'stories: [2025/03/ferry]\n' },
  },
  'story-link-dead': {
    severity: 'error',
    means: 'A link, a list of related stories or a front names a story that does not exist.',
    wrong: md('The harbour [reopened](story:2025/02/habour).'),
    right: md('The harbour [reopened](story:2025/02/harbour).'),
  },
  'story-link-waiting': {
    severity: 'warning',
    means:
      'A link names a story that readers cannot see yet. Its text is printed without a link until the story is published.',
    wrong: { [ferry]: { body: 'The harbour [reopened](story:2025/03/other).' }, [other]: { front: 'draft: true\n' } },
    right: { [ferry]: { body: 'The harbour [reopened](story:2025/03/other).' }, [other]: { front: 'kicker: Sea\n' } },
  },
  'link-dead': {
    severity: 'warning',
    means:
      'A link leads to an address of this site where there is nothing, or to an address that cannot exist. In the navigation of site.yaml this is an error.',
    wrong: md('Read [about us](/abuot/).'),
    right: md('Read [about us](/about/).'),
  },
  'link-moved': {
    severity: 'warning',
    means: 'A link leads to an old address of a story or page, which redirects to its current address.',
    wrong: md('The harbour [reopened](/old/harbour/).'),
    right: md('The harbour [reopened](/2025/02/harbour/).'),
  },
  'link-nearly': {
    severity: 'warning',
    means:
      'A link differs from an existing address only in a slash at its end, or in capital letters. Some hosts redirect readers, others show an error.',
    wrong: md('Read [about us](/about).'),
    right: md('Read [about us](/about/).'),
  },
  'link-waiting': {
    severity: 'warning',
    means: 'A link leads to the address of a story that readers cannot see yet.',
    wrong: {
      [ferry]: { body: 'The harbour [reopened](/2025/03/other/).' },
      [other]: { front: 'embargo: 2030-01-01\n' },
    },
    right: { [ferry]: { body: 'The harbour [reopened](/2025/03/other/).' }, [other]: { front: 'kicker: Sea\n' } },
  },
  'link-empty-list': {
    severity: 'warning',
    means: 'A link leads to a section, topic or author without any public story, so readers find an error page.',
    wrong: md('More about [ports](/topics/ports/).'),
    right: { [ferry]: { front: 'topics: [Ports]\n', body: 'More about [ports](/topics/ports/).' } },
  },
  'policies-missing': {
    severity: 'warning',
    means:
      '`policies` in site.yaml names some of the pages on which a newsroom says how it works, and not the others. Only `check` says so.',
    wrong: site('policies: { ethics: /corrections/ }\n'),
    right: site(
      'policies: { ethics: /corrections/, ownership: /corrections/, unnamedSources: /corrections/, masthead: /corrections/, diversity: /corrections/, feedback: /corrections/ }\n',
    ),
  },
  'allow-host': {
    severity: 'error',
    means:
      'A host under `allow` in site.yaml is not the name of a host, or it would allow more than one host: it has a path, a `*`, or a scheme other than https.',
    wrong: site('allow: { script: ["*.stats.example"] }\n'),
    right: site('allow: { script: [www.stats.example] }\n'),
  },
  'allow-host-twice': {
    severity: 'error',
    means: 'A host is twice under the same key of `allow` in site.yaml.',
    wrong: site('allow: { img: [pictures.example, "https://pictures.example/"] }\n'),
    right: site('allow: { img: [pictures.example], connect: [pictures.example] }\n'),
  },
  'allow-page': {
    severity: 'error',
    means: 'A page in `on`, under `allow` in site.yaml, is neither a kind of page nor an address.',
    wrong: site('allow: { frame: [{ host: maps.example, on: [stories] }] }\n'),
    right: site('allow: { frame: [{ host: maps.example, on: [story] }] }\n'),
  },
  'allow-page-missing': {
    severity: 'warning',
    means: 'A page in `on`, under `allow` in site.yaml, is an address at which there is no page.',
    wrong: site('allow: { frame: [{ host: maps.example, on: [/contact/] }] }\n'),
    right: site('allow: { frame: [{ host: maps.example, on: [/world/] }] }\n'),
  },
  'security-expires': {
    severity: 'warning',
    means:
      'The information in `/.well-known/security.txt` expires within 30 days, or has expired. Researchers must not use it any more then.',
    wrong: site('security: { contact: [mailto:security@post.example], expires: 2025-06-20 }\n'),
    right: site('security: { contact: [mailto:security@post.example], expires: 2026-05-31 }\n'),
  },
};
