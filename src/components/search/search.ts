import { queryCharsMax, searchable } from '../../i18n/search-text.ts';
import { Merged } from './merge.ts';
import { type Counts, enough, type Hit, type Query, type Shard, Shards, search } from './shards.ts';
import { fillMenu, resultOf } from './show.ts';

/*
 * The search page. `SearchResults.astro` has its elements and its words. Without this script, the page says so and lists
 * other ways to find a story.
 */

const perPage = 10;
const filterNames = ['section', 'topic', 'author'] as const;
type FilterName = (typeof filterNames)[number];

class SearchPage {
  readonly #root: HTMLElement;
  readonly #form: HTMLFormElement;
  readonly #years: string[];
  readonly #shards: Shards;
  /** Counts the queries, because a slow one must not show its results after the next one. */
  #run = 0;
  #query: Query = { words: '', filters: {}, isByDate: false };
  #waiting: string[] = [];
  #searched: string[] = [];
  /** Whether any of these years has an index. In `dev`, none has. */
  #hasIndex = false;
  #lists: Merged[] = [];
  #counts: Counts[] = [];
  /** Whether a button is at work. Its second click does nothing. */
  #isBusy = false;
  /** Whether the query was repeated after an error. */
  #isRepeated = false;

  constructor(root: HTMLElement, form: HTMLFormElement) {
    this.#root = root;
    this.#form = form;
    this.#years = (root.dataset.years ?? '').split(' ').filter((year) => year !== '');
    this.#shards = new Shards(
      root.dataset.base ?? '/',
      (document.documentElement.lang || 'en').split('-')[0]!.toLowerCase(),
    );
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#go();
    });
    // The index is loaded while the reader types.
    this.#input.addEventListener('focus', () => void this.#prepare().catch(() => {}), { once: true });
    for (const menu of root.querySelectorAll('select')) menu.addEventListener('change', () => this.#go());
    for (const name of ['more', 'older'] as const)
      this.#button(name).addEventListener('click', () => void this.#add(name));
    addEventListener('popstate', () => this.#restore());
    this.#restore();
  }

  async #prepare(): Promise<void> {
    const [first] = await this.#open(this.#years[0]);
    await first?.open();
  }

  get #input(): HTMLInputElement {
    return this.#form.querySelector<HTMLInputElement>('[name="q"]')!;
  }
  get #list(): HTMLOListElement {
    return this.#root.querySelector('ol')!;
  }
  get #status(): HTMLElement {
    return this.#root.querySelector<HTMLElement>('[role="status"]')!;
  }
  #button(name: string): HTMLButtonElement {
    return this.#root.querySelector<HTMLButtonElement>(`button[name="${name}"]`)!;
  }
  #menu(name: string): HTMLSelectElement {
    return this.#root.querySelector<HTMLSelectElement>(`select[name="${name}"]`)!;
  }

  /** Searches for what the form and the menus say, at an address of its own. */
  #go(): void {
    const wanted = new URLSearchParams();
    const put = (name: string, value: string) => value !== '' && wanted.set(name, value);
    put('q', this.#input.value.trim().slice(0, queryCharsMax));
    for (const name of [...filterNames, 'year', 'sort']) put(name, this.#menu(name).value);
    const address = `${location.pathname}${wanted.size > 0 ? `?${wanted}` : ''}`;
    if (address !== location.pathname + location.search) history.pushState(null, '', address);
    this.#restore();
  }

  /** Searches for what the address says. */
  #restore(isRepeated = false): void {
    this.#isRepeated = isRepeated;
    this.#shards.renew();
    const asked = new URLSearchParams(location.search);
    const value = (name: string) => (asked.get(name) ?? '').slice(0, queryCharsMax);
    this.#input.value = value('q');
    const filters: Query['filters'] = {};
    for (const name of filterNames) {
      if (value(name) !== '') filters[name] = value(name);
      this.#fill(name, value(name));
    }
    this.#menu('sort').value = value('sort') === 'date' ? 'date' : '';
    const year = this.#years.includes(value('year')) ? value('year') : '';
    this.#menu('year').value = year;
    this.#query = { words: searchable(value('q')).trim(), filters, isByDate: value('sort') === 'date' };
    this.#waiting = year === '' ? [...this.#years] : [year];
    this.#searched = [];
    this.#hasIndex = false;
    this.#lists = [];
    this.#counts = [];
    this.#list.replaceChildren();
    this.#run += 1;
    if (this.#query.words === '' && Object.keys(filters).length === 0 && year === '') {
      this.#say('', {});
      this.#update();
    } else void this.#begin();
  }

  async #begin(): Promise<void> {
    const run = this.#run;
    this.#say('searching', {});
    while (this.#waiting.length > 0 && this.#total < enough) {
      if (!(await this.#searchNext(run))) return;
    }
    await this.#show(run);
    void this.#offerFilters(run);
  }

  /** The newest year that was not searched yet. @returns whether this query is still wanted */
  async #searchNext(run: number): Promise<boolean> {
    const year = this.#waiting[0];
    try {
      const found = await this.#open(year)
        .then((shards) => this.#find(shards))
        .catch(() => {
          // A publish may have replaced the index since this page was opened.
          this.#shards.forget();
          return this.#open(year).then((shards) => this.#find(shards));
        });
      if (run !== this.#run) return false;
      this.#waiting.shift();
      this.#searched.push(year!);
      this.#lists.push(new Merged(found, this.#query.isByDate));
      return true;
    } catch {
      if (run === this.#run) {
        this.#say('failed', {});
        this.#update();
      }
      return false;
    }
  }

  #find = (shards: Shard[]): Promise<Hit[][]> => {
    this.#hasIndex ||= shards.length > 0;
    return search(shards, this.#query);
  };

  #open = (year: string | undefined): Promise<Shard[]> =>
    year === undefined ? Promise.resolve([]) : this.#shards.open(year);

  get #total(): number {
    return this.#lists.reduce((sum, { total }) => sum + total, 0);
  }

  /** Adds a page of results below those that are shown. */
  async #show(run: number): Promise<void> {
    const items: HTMLLIElement[] = [];
    try {
      const hits: Hit[] = [];
      for (const list of this.#lists)
        while (hits.length < perPage) {
          const hit = await list.next();
          if (!hit) break;
          hits.push(hit);
        }
      for (const data of await Promise.all(hits.map((hit) => hit.data())))
        items.push(resultOf(data, this.#root.dataset.base ?? '/'));
    } catch {
      if (run !== this.#run) return;
      // A publish may have replaced the texts since the query began.
      this.#shards.forget();
      if (this.#isRepeated) this.#say('failed', {});
      else this.#restore(true);
      return;
    }
    if (run !== this.#run) return;
    this.#list.append(...items);
    this.#list.hidden = this.#list.childElementCount === 0;
    const number = (value: number) => value.toLocaleString(document.documentElement.lang || 'en');
    this.#say(!this.#hasIndex ? 'failed' : this.#total === 0 ? 'none' : 'found', {
      n: number(this.#total),
      years: this.#searched.join(', '),
    });
    this.#update();
  }

  /** What the buttons below the results do. They keep the focus while they work, because they are not disabled. */
  async #add(name: 'more' | 'older'): Promise<void> {
    if (this.#isBusy) return;
    const last = this.#list.lastElementChild;
    const run = this.#run;
    const button = this.#button(name);
    this.#isBusy = true;
    button.setAttribute('aria-disabled', 'true');
    this.#say('searching', {});
    try {
      if (name === 'older' && !(await this.#searchNext(run))) return;
      await this.#show(run);
    } finally {
      this.#isBusy = false;
      button.removeAttribute('aria-disabled');
    }
    if (run !== this.#run) return;
    focusAfter(last, this.#list, button, this.#status);
    if (name === 'older') void this.#offerFilters(run);
  }

  /** The menus follow the results, because nobody needs them before. */
  async #offerFilters(run: number): Promise<void> {
    try {
      const shards = (await Promise.all(this.#searched.map((year) => this.#open(year)))).flat();
      const counts = await Promise.all(
        shards.filter((shard) => shard.isOpen()).map(async ({ open }) => (await open()).filters()),
      );
      if (run !== this.#run) return;
      this.#counts = counts;
      for (const name of filterNames) this.#fill(name, this.#query.filters[name] ?? '');
    } catch {
      // The results are there. Without the menus they cannot be narrowed.
    }
  }

  #fill(name: FilterName, chosen: string): void {
    // Without a prototype, because a topic may be called "constructor".
    const all = Object.create(null) as Counts[string];
    for (const counts of this.#counts)
      for (const [value, count] of Object.entries(counts[name] ?? {})) all[value] = (all[value] ?? 0) + count;
    fillMenu(this.#menu(name), all, chosen, document.documentElement.lang || 'en');
  }

  /** Says something to everyone, including readers of a screen reader. */
  #say(name: string, gaps: Record<string, string>): void {
    const state = this.#status;
    const words = this.#root.querySelector(`[data-word="${name}"]`);
    state.replaceChildren(...[...(words?.childNodes ?? [])].map((node) => node.cloneNode(true)));
    const [lang, dir] = [words?.getAttribute('lang'), words?.getAttribute('dir')];
    if (lang) state.lang = lang;
    if (dir) state.dir = dir;
    for (const node of textsOf(state))
      node.data = node.data.replace(/\{(\w+)\}/g, (gap, key: string) => gaps[key] ?? gap);
  }

  #update(): void {
    const hasQuery = this.#searched.length > 0;
    const shown = this.#list.childElementCount;
    this.#list.hidden = shown === 0;
    this.#button('more').hidden = shown >= this.#total;
    const older = this.#button('older');
    older.hidden = !hasQuery || shown < this.#total || this.#waiting.length === 0;
    for (const gap of older.querySelectorAll('[data-gap]')) gap.textContent = this.#waiting[0] ?? '';
    this.#root.querySelector<HTMLElement>('.menus')!.hidden = !hasQuery;
  }
}

/**
 * Moves to the first result that was added, so that readers who use the keyboard continue there. If there is none and the
 * button is gone, they continue at what the page says.
 */
function focusAfter(last: Element | null, list: Element, button: HTMLButtonElement, status: HTMLElement): void {
  const link = (last ? last.nextElementSibling : list.firstElementChild)?.querySelector('a');
  if (link) link.focus();
  else if (button.hidden) {
    status.tabIndex = -1;
    status.focus();
  } else button.focus();
}

function textsOf(element: Element): Text[] {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const texts: Text[] = [];
  while (walker.nextNode()) texts.push(walker.currentNode as Text);
  return texts;
}

const root = document.querySelector<HTMLElement>('.found');
const form = document.querySelector<HTMLFormElement>('form.find');
if (root && form) {
  if (location.protocol === 'file:') {
    form.hidden = true;
    const words = root.querySelector('[data-word="disk"]');
    root.querySelector('[role="status"]')?.replaceChildren(...[...(words?.childNodes ?? [])]);
  } else new SearchPage(root, form);
}
