import * as z from 'zod';
import { isSitePath, isWebAddress } from './link-address.ts';

/* The forms that site.yaml can put on pages: search, support, newsletter, and tips. */

const text = z.string().trim().min(1);

/** The address that receives the form. There is no script on the page, so the browser takes the reader there. */
const action = text.refine(
  (value) => isSitePath(value) || isWebAddress(value),
  'this must be a complete address such as `https://letters.example/join`, or a path that begins with /',
);
const field = text.regex(
  /^[^\s"'<>=]+$/,
  'the name of a field cannot contain spaces, quotation marks, or any of  < > = ',
);
const fields = z
  .record(z.string(), z.string())
  .default({})
  .describe('Other values that the form sends, by the name of the field.');

const appeal = {
  title: text.describe('The heading of the box.'),
  text: text.describe('One or two sentences, plain text.'),
  button: text.describe('The text of the button.'),
};

export const searchSchema = z.strictObject({
  action: action.describe('The page that shows the results. The search terms are added to its address (GET).'),
  field: field.default('q').describe('The name of the parameter for the search terms.'),
  fields,
  by: text.optional().describe('The name of the search service, if it is not the paper. It is shown to readers.'),
});
export const supportSchema = z.strictObject({
  ...appeal,
  action: action.describe(
    'The page on which readers can donate. It is opened by a link, or by a form if there are `amounts`.',
  ),
  amounts: z.array(text).default([]).describe('The amounts that readers can choose from, as printed, such as `£5`.'),
  field: field.default('amount').describe('The name of the field for the amount.'),
  fields,
});
export const newsletterSchema = z.strictObject({
  ...appeal,
  action: action.describe('The address that receives the reader’s email address (POST).'),
  field: field.default('email').describe('The name of the field for the email address.'),
  fields,
});
export const tipsSchema = z.strictObject({
  ...appeal,
  action: action.describe('The address that receives the reader’s message (POST).'),
  field: field.default('tip').describe('The name of the field for the message.'),
  contact: field
    .optional()
    .describe('The name of a field for the reader’s contact details, if you want to ask for them.'),
  fields,
});
