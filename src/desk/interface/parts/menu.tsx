import * as menu from '@zag-js/menu';
import { normalizeProps, useMachine } from '@zag-js/preact';
import { useId } from 'preact/hooks';
import { Portal } from './portal.tsx';

export interface MenuItem {
  id: string;
  label: string;
  /** A sentence below the label. */
  help?: string;
  isDisabled?: boolean;
  onSelect(): void;
}

/**
 * A button that opens a menu, with arrow keys and first letters from Zag. The closed menu is in the page, too, because the
 * button names it.
 */
export function Menu({
  label,
  items,
  tone = 'plain',
}: {
  label: string;
  items: MenuItem[];
  tone?: 'plain' | 'strong';
}) {
  const service = useMachine(menu.machine, {
    id: useId(),
    'aria-label': label,
    positioning: { placement: 'bottom-end', gutter: 4 },
    onSelect: ({ value }: { value: string }) => items.find(({ id }) => id === value)?.onSelect(),
  });
  const api = menu.connect(service, normalizeProps);
  return (
    <>
      <button type="button" {...api.getTriggerProps()} class={tone}>
        {label}
        <span aria-hidden="true" class="caret" />
      </button>
      <Portal>
        <div {...api.getPositionerProps()} class="menu-place">
          <ul {...api.getContentProps()} class="menu">
            {items.map(({ id, label, help, isDisabled = false }) => (
              <li key={id} {...api.getItemProps({ value: id, disabled: isDisabled })}>
                <span>{label}</span>
                {help && <small>{help}</small>}
              </li>
            ))}
          </ul>
        </div>
      </Portal>
    </>
  );
}
