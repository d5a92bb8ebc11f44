/*
 * Node loads its `fetch` library, which takes 40 ms, when code first uses the global `Response`, `Headers`, or
 * `Request`. That is longer than rendering a page takes. Astro uses them for each page, but only to check whether
 * something is a Response, and to store response headers, which a file does not have.
 *
 * So the bundle of the templates gets these two in place of the globals (see `press/astro.ts`). They behave like the
 * classes, and load them when an instance is created or used. From then on they are the classes.
 */

export let Response: typeof globalThis.Response = standInFor('Response', (...given) => new (real().Response)(...given));
export let Headers: typeof globalThis.Headers = standInFor('Headers', (...given) => lazyHeaders(given));

/** Loads the classes now. Do this before you render many pages, because checking a substitute is slower. */
export function loadWebClasses(): void {
  real();
}

function real(): Pick<typeof globalThis, 'Response' | 'Headers'> {
  ({ Response, Headers } = globalThis);
  return globalThis;
}

function standInFor<Name extends 'Response' | 'Headers'>(
  name: Name,
  make: (...given: ConstructorParameters<(typeof globalThis)[Name]>) => object,
): (typeof globalThis)[Name] {
  // An instance has this tag. The tag of another object can be wrong, so the class decides.
  const isInstance = (thing: { [Symbol.toStringTag]?: string } | null | undefined) =>
    typeof thing === 'object' && thing?.[Symbol.toStringTag] === name && thing instanceof real()[name];
  return new Proxy(unloaded, {
    construct: (_, given) => make(...(given as ConstructorParameters<(typeof globalThis)[Name]>)),
    get: (_, key) => (key === Symbol.hasInstance ? isInstance : Reflect.get(real()[name], key)),
  }) as unknown as (typeof globalThis)[Name];
}

/** A function that can be called with `new`, unlike an arrow function. */
function unloaded(): void {}

/** Headers that are created when they are first used. */
function lazyHeaders(given: ConstructorParameters<typeof globalThis.Headers>): object {
  let made: globalThis.Headers | undefined;
  const headers = () => (made ??= new (real().Headers)(...given));
  return new Proxy(
    {},
    {
      get: (_, key) => {
        const value = Reflect.get(headers(), key);
        return typeof value === 'function' ? value.bind(headers()) : value;
      },
      has: (_, key) => Reflect.has(headers(), key),
      getPrototypeOf: () => Reflect.getPrototypeOf(headers()),
    },
  );
}

/** What Astro reads from a request when it renders a page. */
export class PageRequest {
  readonly method = 'GET';
  readonly url: string;
  #headers: globalThis.Headers | undefined;

  constructor(url: string) {
    this.url = url;
  }

  get headers(): globalThis.Headers {
    this.#headers ??= new (real().Headers)();
    return this.#headers;
  }
}
