import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { ApiError, api } from '../api.ts';
import { Fault } from '../parts/fault.tsx';
import { Shell } from '../parts/shell.tsx';
import { editAddress, go } from '../state/route.ts';
import { words } from '../words.ts';

interface FilesProps {
  kind: 'page' | 'author' | 'topic' | 'series' | 'site';
  view: 'pages' | 'authors' | 'topics' | 'series' | 'site';
}

/** Kinds that are one file each. */
const singles: Partial<Record<FilesProps['kind'], string>> = {
  topic: 'topics.yaml',
  series: 'series.yaml',
  site: 'site.yaml',
};

/** The files of one kind, other than stories. A kind that is one file opens at once. */
export function Files({ kind, view }: FilesProps) {
  const files = useSignal<{ path: string; name: string }[] | undefined>(undefined);
  const error = useSignal<ApiError | undefined>(undefined);
  const name = useSignal('');
  const single = singles[kind];
  const attempt = async (work: () => Promise<void>) => {
    try {
      await work();
    } catch (failure) {
      if (!(failure instanceof ApiError)) throw failure;
      error.value = failure;
    }
  };
  useEffect(() => {
    if (single) go(editAddress(single), 'replace');
    else
      void attempt(async () => {
        files.value = (await api.files(kind)).files;
      });
  }, [kind]);
  const create = (event: Event) => {
    event.preventDefault();
    void attempt(async () => {
      const { path } = await api.create({ kind, name: name.value.trim() });
      go(editAddress(path));
    });
  };
  return (
    <Shell>
      <div class="view-head">
        <h1>{words.viewNames[view]}</h1>
      </div>
      <Fault error={error.value} />
      {files.value?.length === 0 && <p>{words.files.none}</p>}
      {files.value && files.value.length > 0 && (
        <ul class="file-list">
          {files.value.map(({ path, name }) => (
            <li key={path}>
              <a href={editAddress(path)}>{name}</a> <small>{path}</small>
            </li>
          ))}
        </ul>
      )}
      {!single && (
        <form class="new-file" onSubmit={create}>
          <label class="field">
            <span>{words.files.newOne[kind as 'page' | 'author']}</span>
            <input required value={name.value} onInput={(event) => (name.value = event.currentTarget.value)} />
          </label>
          <button type="submit">{words.create.button}</button>
        </form>
      )}
    </Shell>
  );
}
