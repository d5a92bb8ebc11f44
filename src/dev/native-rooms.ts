import { outsideTheBundle } from '../rooms.mjs';

const roomsKey = Symbol.for('broadsheet.rooms');
const outside = new RegExp(`/(${outsideTheBundle.join('|')})/.*\\.[tj]s$`);
const prefix = '\0broadsheet-room:';

/**
 * Gives the templates the engine's own modules, as the bundle of the press does. Vite would run copies of them, and
 * packages with native code do not work as copies.
 */
export function nativeRooms() {
  (globalThis as { [roomsKey]?: Record<string, unknown> })[roomsKey] ??= {};
  const rooms = (globalThis as unknown as { [roomsKey]: Record<string, unknown> })[roomsKey];
  return {
    name: 'broadsheet-native-rooms',
    enforce: 'pre' as const,
    config(config: { ssr?: { noExternal?: unknown } }) {
      // The bundle includes all packages. Here they are imported unchanged.
      if (config.ssr) delete config.ssr.noExternal;
    },
    resolveId(source: string) {
      return source.startsWith('file://') && outside.test(source) ? prefix + source : undefined;
    },
    async load(id: string) {
      if (!id.startsWith(prefix)) return undefined;
      const url = id.slice(prefix.length);
      const room = (await import(url)) as Record<string, unknown>;
      rooms[url] = room;
      const names = Object.keys(room).filter((name) => name !== 'default');
      return `const room = globalThis[Symbol.for('broadsheet.rooms')][${JSON.stringify(url)}];\n${names.map((name) => `export const ${name} = room[${JSON.stringify(name)}];`).join('\n')}\n`;
    },
  };
}
