/** The folder of a story: the one that it had in another newsroom, or that of its month. */
export const folderOf = (place: string | undefined, day: string | undefined): string =>
  folderIn(place) ?? (day ? `${day.slice(0, 4)}/${day.slice(5, 7)}` : 'undated');

/** The folder of a story in another newsroom, unless it is one that no newsroom could have. */
function folderIn(place: string | undefined): string | undefined {
  const folders = place?.normalize('NFC').split('/').slice(0, -1) ?? [];
  const isSafe = folders.every((name) => /^[\p{L}\p{N}][\p{L}\p{M}\p{N}._-]*$/u.test(name));
  return isSafe && folders.length > 0 && folders.length <= foldersMax ? folders.join('/') : undefined;
}

const foldersMax = 8;
