import type { ApiError } from '../api.ts';

/** A refusal of the server, with what to do about it. */
export function Fault({ error }: { error: ApiError | undefined }) {
  if (!error) return null;
  return (
    <div role="alert" class="fault">
      <p>
        <b>{error.says}</b>
      </p>
      {error.todo && <p>{error.todo}</p>}
    </div>
  );
}
