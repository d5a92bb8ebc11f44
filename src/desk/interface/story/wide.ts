import { useEffect, useState } from 'preact/hooks';

/** In em, so that a page at 200 % has tabs where it has no room for panes. */
const query = '(min-width: 62em)';

/** Whether there is room for panes side by side. */
export function useWide(): boolean {
  const [isWide, setWide] = useState(() => matchMedia(query).matches);
  useEffect(() => {
    const media = matchMedia(query);
    const onChange = () => setWide(media.matches);
    media.addEventListener('change', onChange);
    return () => media.removeEventListener('change', onChange);
  }, []);
  return isWide;
}
