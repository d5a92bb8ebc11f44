import Image from './Image.astro';
import Link from './Link.astro';

/** What prints the elements of Markdown in an MDX page. */
export const components = { a: Link, img: Image };
