import { normalizeProps, useMachine } from '@zag-js/preact';
import * as tabs from '@zag-js/tabs';
import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';

interface TabsProps {
  label: string;
  tabs: { id: string; label: ComponentChildren; panel: ComponentChildren }[];
  value: string;
  onChange(id: string): void;
}

/** One panel of several at a time. All panels stay in the page, so that an editor keeps its state. */
export function Tabs({ label, tabs: all, value, onChange }: TabsProps) {
  const service = useMachine(tabs.machine, {
    id: useId(),
    value,
    onValueChange: (details: { value: string | null }) => details.value && onChange(details.value),
  });
  const api = tabs.connect(service, normalizeProps);
  return (
    <div {...api.getRootProps()} class="tabs">
      <div {...{ ...api.getListProps(), 'aria-label': label }} class="tab-list">
        {all.map(({ id, label }) => (
          <button key={id} type="button" {...api.getTriggerProps({ value: id })} class="tab">
            {label}
          </button>
        ))}
      </div>
      {all.map(({ id, panel }) => (
        <div key={id} {...api.getContentProps({ value: id })} class="tab-panel">
          {panel}
        </div>
      ))}
    </div>
  );
}
