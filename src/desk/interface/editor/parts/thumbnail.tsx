import { useEffect, useState } from 'preact/hooks';
import type { Host } from '../view/host.ts';
import { words } from '../words.ts';

/** A small version of a picture of the story. */
export function Thumbnail({ src, alt, host }: { src: string; alt: string; host: Host }) {
  const [address, setAddress] = useState<string | null>();
  useEffect(() => {
    let isCurrent = true;
    if (/^https?:/i.test(src)) setAddress(null);
    else
      host
        .props()
        .thumbnail(src, 640)
        .then(
          (found) => isCurrent && setAddress(found),
          () => isCurrent && setAddress(null),
        );
    return () => {
      isCurrent = false;
    };
  }, [src]);
  if (address === null)
    return (
      <p class="help">
        {words.noPicture} <code>{src}</code>
      </p>
    );
  return address === undefined ? (
    <p class="thumbnail" />
  ) : (
    <img class="thumbnail" src={address} alt={alt} draggable={false} />
  );
}
