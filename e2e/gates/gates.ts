import { axe } from './axe.ts';
import { feeds } from './feeds.ts';
import type { Gate } from './gate.ts';
import { headings } from './headings.ts';
import { htmlValidate } from './html-validate.ts';
import { links } from './links.ts';
import { nuCssChecker, nuHtmlChecker } from './nu-html-checker.ts';
import { ownHost } from './own-host.ts';
import { pictures } from './pictures.ts';
import { securityPolicy } from './security-policy.ts';
import { structuredData } from './structured-data.ts';
import { weight } from './weight.ts';
import { xml } from './xml.ts';

/** All gates, by the name of their folder in `canary/`. */
export const gates: Record<string, Gate> = {
  'nu-html-checker': nuHtmlChecker,
  'nu-css-checker': nuCssChecker,
  'html-validate': htmlValidate,
  axe,
  links,
  xml,
  feeds,
  pictures,
  headings,
  'security-policy': securityPolicy,
  'structured-data': structuredData,
  'own-host': ownHost,
  weight,
};
