/** The pictures among dropped or pasted files. What a file without a type is, the server finds out from its content. */
export function picturesAmong(list: FileList | File[] | null | undefined): { pictures: File[]; others: File[] } {
  const files = [...(list ?? [])];
  const isPicture = ({ type }: File) => type === '' || type.startsWith('image/');
  return { pictures: files.filter(isPicture), others: files.filter((file) => !isPicture(file)) };
}
