import { slug } from 'github-slugger';

/**
 * The levels of the headings in one body, in order. The story's page has the h1, so the first level that a body uses
 * becomes h2, whatever it was. No level is skipped on the way down, so readers who navigate by headings find no gap.
 */
export function headingLevels(above = 1): HeadingLevels {
  const open: number[] = [];
  let last: number | undefined;
  const printed = (depth: number) => Math.min(above + depth, 6);
  return {
    next: (level) => {
      while ((open.at(-1) ?? 0) >= level) open.pop();
      open.push(level);
      last = level;
      return printed(open.length);
    },
    isJump: (level) => last !== undefined && level > last + 1,
    within: (hasHeading) => {
      const own = printed(open.length + 1);
      return { ...(hasHeading ? { own } : {}), levels: headingLevels(hasHeading ? own : printed(open.length)) };
    },
  };
}

export interface HeadingLevels {
  /** The level at which a heading with this written level is printed. */
  next: (level: number) => number;
  /** Whether a heading with this written level skips a level after the previous heading. */
  isJump: (level: number) => boolean;
  /** For a component at this point: the level of its own heading, and the levels for its content. */
  within: (hasHeading: boolean) => { own?: number; levels: HeadingLevels };
}

/**
 * The ids of one body. Those used by the templates or the footnotes are reserved from the start.
 *
 * Ids that an archive wrote itself stay, so that old links with a fragment still work. A name that scripts use
 * (`location`, `body`) gets the prefix `text-`, because an element must not shadow it.
 */
export interface Ids {
  /** A free id for a heading, derived from its text, or '' if it has none. */
  forHeading: (words: string) => string;
  /** The printed form of an id that the author wrote, or undefined if it is not an id or was already used. */
  own: (id: string) => string | undefined;
  /** Records an id that is printed as it is. */
  note: (id: string) => void;
  /** The id that a link `#x` in this body refers to, or undefined if there is none. Call it at the end. */
  find: (id: string) => string | undefined;
}

export function bodyIds(): Ids {
  const printed = new Set<string>();
  /** By the text of a heading: the next number to try, so that equal headings do not count from 1 again. */
  const numbers = new Map<string, number>();
  const isFree = (id: string) => !printed.has(id) && !ofThePage.has(id.toLowerCase());
  return {
    forHeading: (words) => {
      const derived = slug(words.trim());
      if (derived === '') return '';
      // An id that begins like those of footnotes is reserved, whatever its number is: "FN Herstal wins" gives
      // `fn-herstal-wins`.
      const wanted = ofFootnotes.test(derived) ? `text-${derived}` : derived;
      let id = wanted;
      let n = numbers.get(wanted) ?? 1;
      // Each iteration tries another id, and all ids are free except those in the two sets.
      const turnsMax = n + printed.size + ofThePage.size + 1;
      for (; !isFree(id); n++) {
        if (n > turnsMax) throw new Error(`no free id for the heading "${wanted}" after ${turnsMax} tries`);
        id = `${wanted}-${n}`;
      }
      numbers.set(wanted, n);
      printed.add(id);
      return id;
    },
    own: (written) => {
      if (!/^[^\s<>"'&]{1,200}$/u.test(written)) return undefined;
      const id = isRisky(written) ? `text-${written}` : written;
      if (printed.has(id)) return undefined;
      printed.add(id);
      return id;
    },
    note: (id) => printed.add(id),
    find: (id) => {
      if (id === '' || id === 'top') return id;
      if (printed.has(id)) return id;
      return isRisky(id) && printed.has(`text-${id}`) ? `text-${id}` : undefined;
    },
  };
}

/** How the ids of footnotes and of the links back from them begin. */
const ofFootnotes = /^fn(?:ref)?(?:-|$)/;

const isRisky = (id: string): boolean =>
  ofThePage.has(id.toLowerCase()) || known.has(id.toLowerCase()) || ofFootnotes.test(id);

const ofThePage = new Set(
  'main content story text nav navigation menu search header footer masthead foot skip top contents corrections notes note sections footnote-label page'.split(
    ' ',
  ),
);

/** Properties of `window`, `document`, and forms that an element with such an id would shadow. */
const known = new Set(
  `location document window self parent frames name status history navigator origin length closed opener event external
  screen performance crypto caches forms images links scripts anchors body head title cookie domain referrer url attributes
  children childnodes firstchild lastchild innerhtml outerhtml textcontent nodename nodevalue parentnode parentelement submit
  action method elements reset constructor prototype __proto__ hasownproperty tostring valueof default alert confirm prompt
  eval fetch print find stop open close focus blur menubar toolbar currentscript defaultview documentelement
  getelementbyid queryselector queryselectorall createelement write writeln implementation plugins embeds all style class
  localstorage sessionstorage indexeddb customelements visualviewport scheduler trustedtypes undefined null nan infinity
  object array function string number boolean symbol math json promise proxy reflect map set`.split(/\s+/),
);
