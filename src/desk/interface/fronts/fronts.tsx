import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { ApiError, api } from '../api.ts';
import { Fault } from '../parts/fault.tsx';
import { Shell } from '../parts/shell.tsx';
import { editAddress } from '../state/route.ts';
import { session } from '../state/session.ts';
import { words } from '../words.ts';
import { nameOfFront } from './front-desk.tsx';

/** Every front that the site has, whether an editor has arranged it or not, and files that no front reads. */
export function Fronts() {
  const files = useSignal<string[] | undefined>(undefined);
  const error = useSignal<ApiError | undefined>(undefined);
  useEffect(() => {
    api
      .files('front')
      .then((answer) => (files.value = answer.files.map(({ path }) => path)))
      .catch((failure) => {
        if (!(failure instanceof ApiError)) throw failure;
        error.value = failure;
      });
  }, []);
  const sections = session.value?.site.sections ?? [];
  const known = files.value ?? [];
  const usual = ['home', ...sections.map(({ id }) => id)].map(
    (id) => known.find((path) => path === `fronts/${id}.yml`) ?? `fronts/${id}.yaml`,
  );
  const others = known.filter((path) => !usual.includes(path));
  return (
    <Shell>
      <div class="view-head">
        <h1>{words.viewNames.fronts}</h1>
        <p>{words.fronts.says}</p>
      </div>
      <Fault error={error.value} />
      {files.value && session.value && (
        <ul class="file-list">
          {[...usual, ...others].map((path) => (
            <li key={path}>
              <a href={editAddress(path)}>{nameOfFront(path)}</a>{' '}
              <small>{known.includes(path) ? words.fronts.arranged : words.fronts.fillsItself}</small>
            </li>
          ))}
        </ul>
      )}
    </Shell>
  );
}
