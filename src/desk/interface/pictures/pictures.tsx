import { Shell } from '../parts/shell.tsx';
import { words } from '../words.ts';
import { Library } from './library.tsx';

/** The picture library as a view of its own. */
export function Pictures() {
  return (
    <Shell>
      <div class="view-head">
        <h1>{words.viewNames.pictures}</h1>
      </div>
      <Library />
    </Shell>
  );
}
