import type { rulesByRoom } from '../../problems/rules.ts';
import { type Entry, ferry, front, md } from './example.ts';

/* Addresses, and any file as text and YAML. */

export const siteRules: Record<(typeof rulesByRoom)['site'][number], Entry> = {
  'address-too-long': {
    severity: 'error',
    means:
      'An address, or a part of one between two slashes, is longer than a disk can store. The parts of an address become folders.',
    wrong: front(`slug: the-first-ferry-${'of-the-morning-'.repeat(20)}sails\n`),
    right: front('slug: the-first-ferry-sails\n'),
  },
  'address-characters': {
    severity: 'error',
    means: 'An address has a character that cannot be typed or printed, such as a tab.',
    wrong: { 'public/first\u0007ferry.txt': 'The first ferry sails at seven.\n' },
    right: { 'public/first-ferry.txt': 'The first ferry sails at seven.\n' },
  },
  'address-for-windows': {
    severity: 'warning',
    means:
      'A part of an address is a name that Windows does not allow. The site works on the web, but readers cannot unpack an edition of it on Windows.',
    wrong: { 'public/con.txt': 'The first ferry sails at seven.\n' },
    right: { 'public/ferry.txt': 'The first ferry sails at seven.\n' },
  },
  'manifest-damaged': {
    severity: 'error',
    means:
      'The manifest of a published site, `.well-known/broadsheet.json`, does not match its parts or its own digest. Something was changed or lost at the host.',
    test: 'src/site/manifest.test.ts',
  },
};

export const yamlRules: Record<(typeof rulesByRoom)['yaml'][number], Entry> = {
  'not-utf-8': {
    severity: 'error',
    means: 'A content file is saved in an old encoding, in which letters such as é are stored as different bytes.',
    test: 'src/press/bad-input.test.ts',
  },
  'unprintable-character': {
    severity: 'warning',
    means:
      'A text has a character that pages and feeds cannot contain, such as a control character or half of an emoji. Broadsheet prints the text without it.',
    wrong: md('The first\u0008 ferry sails at seven.'),
    right: md('The first ferry sails at seven.'),
  },
  'front-matter-missing': {
    severity: 'error',
    means:
      'A story or page does not begin with front matter: a line of three hyphens, lines such as  headline: … , and three hyphens again.',
    wrong: { [ferry]: 'The first ferry sails at seven.\n' },
    right: {
      [ferry]:
        '---\nheadline: Ferries\npublished: 2025-03-01\nsection: world\n---\n\nThe first ferry sails at seven.\n',
    },
  },
  'yaml-broken': {
    severity: 'error',
    means:
      'A file, or the front matter of a story, is not valid YAML. Most often a text contains a colon and needs quotation marks, or a quotation mark is not closed.',
    wrong: front('standfirst: Storm: the ferries stay in port\n'),
    right: front('standfirst: "Storm: the ferries stay in port"\n'),
  },
  'yaml-repeats': {
    severity: 'error',
    means:
      'The file repeats a text with anchors and aliases (&name and *name) until it is far longer than what was written. Small files of this kind can make programs run out of memory.',
    wrong: front(`kicker: &words ${'Ferries '.repeat(150)}\ntopics: [${Array(20).fill('*words').join(', ')}]\n`),
    right: front('kicker: &words Ferries\ntopics: [*words]\n'),
  },
  'unknown-key': {
    severity: 'error',
    means:
      'A file has a key that does not exist in this kind of file. It is often misspelled, or belongs inside another key. Broadsheet never ignores a key silently, so that no words are lost.',
    wrong: front('standfrist: The ferries stay in port.\n'),
    right: front('standfirst: The ferries stay in port.\n'),
  },
  'missing-key': {
    severity: 'error',
    means: 'A required key is missing. A story needs a headline, and a date unless it is a draft.',
    wrong: { [ferry]: '---\nheadline: Ferries\nsection: world\n---\n\nThe first ferry sails at seven.\n' },
    right: {
      [ferry]:
        '---\nheadline: Ferries\npublished: 2025-03-01\nsection: world\n---\n\nThe first ferry sails at seven.\n',
    },
  },
  'wrong-value': {
    severity: 'error',
    means:
      'The value of a key does not have the form that the key needs, such as a list, a number, one of a few words, or an address.',
    wrong: front('type: anlysis\n'),
    right: front('type: analysis\n'),
  },
  'more-mistakes': {
    severity: 'error',
    means: 'A file has more than 100 mistakes of the same kind. Only the first 100 are listed.',
    test: 'src/yaml/cures/cures.test.ts',
  },
  'old-key': {
    severity: 'warning',
    means:
      'A key has a new name in this version of Broadsheet, which still reads the old one. `broadsheet upgrade` rewrites it.',
    test: 'src/cli/upgrade.test.ts',
  },
};

export const indexRules: Record<(typeof rulesByRoom)['index'][number], Entry> = {
  'saved-meanwhile': {
    severity: 'error',
    means: 'A file was saved or deleted while the site was being built. Run the command again.',
    test: 'src/cli/report-problems.test.ts',
  },
};
