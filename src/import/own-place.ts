/** The folder of a story in another newsroom, unless it is one that no newsroom could have. */
export function folderIn(place: string | undefined): string | undefined {
  const folders = place?.normalize('NFC').split('/').slice(0, -1) ?? [];
  const isSafe = folders.every((name) => /^[\p{L}\p{N}][\p{L}\p{M}\p{N}._-]*$/u.test(name));
  return isSafe && folders.length > 0 && folders.length <= foldersMax ? folders.join('/') : undefined;
}

const foldersMax = 8;
