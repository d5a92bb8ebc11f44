import { useEffect, useRef, useState } from 'preact/hooks';
import { storyStates } from '../contract.ts';
import { session } from '../state/session.ts';
import { words } from '../words.ts';

const sorts = ['changed', 'published', 'due', 'headline'] as const;
const typingMs = 150;

interface FiltersProps {
  asked: URLSearchParams;
  onChange(name: string, value: string): void;
}

/** What the list shows: words anywhere in the text, state, section, author, topic, and the order. */
export function Filters({ asked, onChange }: FiltersProps) {
  const { site, authors = [], topics = [] } = session.value ?? {};
  // On a phone the list begins on the first screen. Elsewhere all filters are open, and the button is hidden.
  const [isOpen, setOpen] = useState(false);
  const count = [...asked.keys()].filter((name) => name !== 'query' && name !== 'sort').length;
  const select = (name: string, label: string, options: { id: string; title: string }[], all?: string) => (
    <label class="filter">
      <span>{label}</span>
      <select value={asked.get(name) ?? ''} onInput={(event) => onChange(name, event.currentTarget.value)}>
        {all && <option value="">{all}</option>}
        {options.map(({ id, title }) => (
          <option key={id} value={id}>
            {title}
          </option>
        ))}
      </select>
    </label>
  );
  return (
    <search class="filters">
      <SearchWords value={asked.get('query') ?? ''} onChange={(value) => onChange('query', value)} />
      <button
        type="button"
        class="filter-switch"
        aria-expanded={isOpen}
        aria-controls="more-filters"
        onClick={() => setOpen(!isOpen)}
      >
        {words.list.filters(count)}
      </button>
      <div id="more-filters" class={isOpen ? 'more-filters is-open' : 'more-filters'}>
        {select(
          'state',
          words.list.state,
          storyStates.map((id) => ({ id, title: words.states[id] })),
          words.list.anyState,
        )}
        {select('section', words.list.section, site?.sections ?? [], words.list.anySection)}
        {select(
          'author',
          words.list.author,
          authors.map(({ id, name }) => ({ id, title: name })),
          words.list.anyAuthor,
        )}
        {topics.length > 0 && select('topic', words.list.topic, topics, words.list.anyTopic)}
        {select(
          'sort',
          words.list.sort,
          sorts.map((id) => ({ id: id === 'changed' ? '' : id, title: words.list.sorts[id] })),
        )}
      </div>
    </search>
  );
}

/** Searches while one types, but not at every key. */
function SearchWords({ value, onChange }: { value: string; onChange(value: string): void }) {
  const [typed, setTyped] = useState(value);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  return (
    <label class="filter words">
      <span>{words.list.search}</span>
      <input
        type="search"
        value={typed}
        autocomplete="off"
        onInput={({ currentTarget }) => {
          setTyped(currentTarget.value);
          clearTimeout(timer.current);
          const { value } = currentTarget;
          timer.current = setTimeout(() => onChange(value.trim()), typingMs);
        }}
      />
    </label>
  );
}
