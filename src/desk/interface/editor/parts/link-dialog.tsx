import { useId, useState } from 'preact/hooks';
import { Dialog } from '../../parts/dialog.tsx';
import { addressOf, isAddress } from '../view/commands.ts';
import type { Host } from '../view/host.ts';
import { words } from '../words.ts';

interface LinkDialogProps {
  host: Host;
  /** Of the link that is there. */
  href: string;
  onClose(): void;
  /** Empty to remove the link. `title` is the headline of a story. */
  onLink(href: string, title?: string): void;
}

/** Asks where a link leads: an address, or a story by its headline. */
export function LinkDialog({ host, href, onClose, onLink }: LinkDialogProps) {
  const id = useId();
  const [text, setText] = useState(href);
  const [found, setFound] = useState<{ id: string; headline: string }[]>();
  const search = async (query: string) => {
    setText(query);
    if (isAddress(query) || query.trim().length < 2) return setFound(undefined);
    const stories = await host.props().findStories(query);
    setFound(stories.slice(0, 10));
    host.announce(stories.length === 0 ? words.noStories : words.storiesFound(stories.length));
  };
  const submit = (event: Event) => {
    event.preventDefault();
    if (text.trim() === '') return;
    if (isAddress(text)) onLink(addressOf(text));
    else if (found?.[0]) onLink(`story:${found[0].id}`, found[0].headline);
    else if (/^[^\s/]+\.[a-z]{2,}(?:[/?#]\S*)?$/i.test(text.trim())) onLink(`https://${text.trim()}`);
  };
  return (
    <Dialog title={words.link} isOpen onClose={onClose} initialFocus={() => document.getElementById(id)}>
      <form onSubmit={submit} class="link-form">
        <label for={id}>{words.linkAddress}</label>
        <input
          id={id}
          type="text"
          value={text}
          autocomplete="off"
          aria-describedby={`${id}-help`}
          onInput={(event) => search(event.currentTarget.value)}
        />
        <p class="help" id={`${id}-help`}>
          {words.linkHelp}
        </p>
        {found && found.length === 0 && <p>{words.noStories}</p>}
        {found && found.length > 0 && (
          <ul class="found">
            {found.map((story) => (
              <li key={story.id}>
                <button type="button" onClick={() => onLink(`story:${story.id}`, story.headline)}>
                  {story.headline}
                </button>
              </li>
            ))}
          </ul>
        )}
        <p>
          <button type="submit" class="strong">
            {words.setLink}
          </button>{' '}
          {href !== '' && (
            <button type="button" onClick={() => onLink('')}>
              {words.removeLink}
            </button>
          )}
        </p>
      </form>
    </Dialog>
  );
}
