// For `astro dev`, `astro build` and `astro check` run directly here: the repository is the demo newsroom.
import { astroOfNewsroom } from './src/cli/astro-of-newsroom.ts';

export default astroOfNewsroom(import.meta.dirname);
