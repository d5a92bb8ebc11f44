import type { Entry } from './example.ts';

/* The HTML that a newsroom adds to every page. */

const head = 'theme/head.html';
const foot = 'theme/foot.html';

export const themeHtmlRules = {
  'theme-html': {
    severity: 'error',
    means:
      'theme/head.html or theme/foot.html is not valid HTML, has a tag that is not closed, or has something that cannot be in the head or body of a page. Both are printed on every page, so a mistake would damage all of them.',
    wrong: { [foot]: '<div class="notice"><p>Members meet on Friday.</p>\n' },
    right: { [foot]: '<div class="notice"><p>Members meet on Friday.</p></div>\n' },
  },
  'theme-html-contradicts': {
    severity: 'error',
    means:
      'theme/head.html or theme/foot.html has something that every page already has, such as a title, a character set, or a Content Security Policy. A reader’s browser would have to choose.',
    wrong: { [head]: '<meta name="robots" content="noindex">\n' },
    right: { [head]: '<meta name="google-site-verification" content="abc">\n' },
  },
  'theme-html-script': {
    severity: 'error',
    means:
      'A script in theme/head.html or theme/foot.html does not work: it cannot be read, it is in an attribute, or it uses document.write().',
    wrong: { [foot]: '<button type="button" onclick="window.print()">Print</button>\n' },
    right: {
      [foot]:
        '<button type="button" id="print">Print</button>\n<script>document.getElementById("print").addEventListener("click", () => window.print());</script>\n',
    },
  },
} satisfies Record<string, Entry>;
