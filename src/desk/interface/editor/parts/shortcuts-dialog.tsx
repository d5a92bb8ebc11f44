import { Dialog } from '../../parts/dialog.tsx';
import { shortcuts, words } from '../words.ts';

const isMac = /Mac|iPhone|iPad/.test(navigator.platform);
const keyName = (key: string): string =>
  ({ Mod: isMac ? '⌘' : 'Ctrl', Alt: isMac ? '⌥' : 'Alt', ArrowUp: '↑', ArrowDown: '↓' })[key] ??
  (key.length === 1 ? key.toUpperCase() : key);

/** All keys of the editor. */
export function ShortcutsDialog({ onClose }: { onClose(): void }) {
  return (
    <Dialog title={words.shortcuts} isOpen onClose={onClose}>
      <table class="shortcuts">
        <tbody>
          {shortcuts.map(([keys, what]) => (
            <tr key={keys}>
              <th scope="row">{what}</th>
              <td>
                {keys.split('-').map((key, at) => (
                  <>
                    {at > 0 && ' + '}
                    <kbd>{keyName(key)}</kbd>
                  </>
                ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Dialog>
  );
}
