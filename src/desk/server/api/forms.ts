import { elementsOf } from '../../../index/theme-elements.ts';
import { describeForms } from '../../form/describe.ts';
import type { Handler } from '../api.ts';

/** The forms of all kinds of files, and of all components, those of the theme included. */
export const forms: Handler = async ({ site }) => ({ json: describeForms(elementsOf(site).known) });
