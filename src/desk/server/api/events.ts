import type { Handler } from '../api.ts';

/** What happens to the newsroom while a page of the desk is open, as it happens. */
export const events: Handler = async ({ events: all }, { signal }) => ({ events: all.listen(signal) });
