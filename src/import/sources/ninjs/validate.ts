import type { ErrorObject, ValidateFunction } from 'ajv';
import { isRecord } from '../../front-matter.ts';

/** The versions of ninjs that are read, the newest first. */
export const ninjsVersions = ['3.1', '3.0', '2.2', '2.1', '1.5', '1.3'] as const;
export type NinjsVersion = (typeof ninjsVersions)[number];

const validators = new Map<NinjsVersion, Promise<ValidateFunction>>();
const mistakesMax = 3;

/**
 * Validates an object against the schemas of IPTC. Most agencies do not name the version that they follow, so an object
 * is valid if any version accepts it.
 *
 * @returns the version, or what is wrong according to the version that the object names or looks like
 */
export async function validateNinjs(value: unknown): Promise<{ version: NinjsVersion } | { mistakes: string }> {
  const likely = versionOf(value);
  let mistakes: ErrorObject[] = [];
  for (const version of [likely, ...ninjsVersions.filter((each) => each !== likely)]) {
    const validate = await validatorFor(version);
    if (validate(value)) return { version };
    if (version === likely) mistakes = validate.errors ?? [];
  }
  const lines = [...new Set(mistakes.map(mistakeOf))];
  const more = lines.length > mistakesMax ? `; and ${lines.length - mistakesMax} more` : '';
  return { mistakes: `not valid ninjs ${likely}: ${lines.slice(0, mistakesMax).join('; ')}${more}` };
}

/** The version that an object says it follows, or else the newest one with names like its own. */
function versionOf(value: unknown): NinjsVersion {
  if (!isRecord(value)) return ninjsVersions[0];
  const standard = value.standard ?? value.$standard;
  const named = isRecord(standard) ? String(standard.version) : '';
  const isOld = Object.keys(value).some((key) => /^(?:headline|byline|(?:body|description)_\w+)$/.test(key));
  return ninjsVersions.find((version) => version === named) ?? (isOld ? '1.5' : '3.1');
}

function validatorFor(version: NinjsVersion): Promise<ValidateFunction> {
  const validator = validators.get(version) ?? compile(version);
  validators.set(version, validator);
  return validator;
}

/** Each version is written for another draft of JSON Schema. The code is loaded when the first object arrives. */
async function compile(version: NinjsVersion): Promise<ValidateFunction> {
  const { default: schema } = await schemas[version]();
  const options = { allErrors: true, strict: false } as const;
  const { default: addFormats } = await import('ajv-formats');
  if (version === '1.3') {
    const { default: Ajv } = await import('ajv-draft-04');
    return addFormats.default(new Ajv(options)).compile(schema);
  }
  if (version === '1.5') {
    const { Ajv } = await import('ajv');
    return addFormats.default(new Ajv(options)).compile(schema);
  }
  const { Ajv2020 } = await import('ajv/dist/2020.js');
  const ajv = addFormats.default(new Ajv2020(options));
  // From 2.1 on, the schemas refer to one on the web, and an import fetches nothing.
  ajv.addSchema((await import('./schemas/geojson.json', { with: { type: 'json' } })).default);
  return ajv.compile(schema);
}

const schemas: Record<NinjsVersion, () => Promise<{ default: object }>> = {
  '3.1': () => import('./schemas/ninjs-schema_3.1.json', { with: { type: 'json' } }),
  '3.0': () => import('./schemas/ninjs-schema_3.0.json', { with: { type: 'json' } }),
  '2.2': () => import('./schemas/ninjs-schema_2.2.json', { with: { type: 'json' } }),
  '2.1': () => import('./schemas/ninjs-schema_2.1.json', { with: { type: 'json' } }),
  '1.5': () => import('./schemas/ninjs-schema_1.5.json', { with: { type: 'json' } }),
  '1.3': () => import('./schemas/ninjs-schema_1.3.json', { with: { type: 'json' } }),
};

function mistakeOf({ instancePath, message, params }: ErrorObject): string {
  const where = instancePath === '' ? '' : `${instancePath.slice(1).replaceAll('/', '.')} `;
  const extra = params.additionalProperty ?? params.unevaluatedProperty ?? params.allowedValues;
  return `${where}${message ?? 'is not valid'}${extra === undefined ? '' : ` (${Array.isArray(extra) ? extra.join(', ') : String(extra)})`}`;
}
