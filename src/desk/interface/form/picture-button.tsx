import { useEffect, useState } from 'preact/hooks';
import type { Path } from '../contract.ts';
import { useForm } from './state.ts';
import { formWords } from './words.ts';

/** Chooses a picture in its dialog, and shows the one that was chosen. Its texts come with it, if it is in a group. */
export function PictureButton({ path, file }: { path: Path; file: string }) {
  const { edit, choices, announce } = useForm();
  const [address, setAddress] = useState<string>();
  useEffect(() => {
    let isCurrent = true;
    setAddress(undefined);
    if (file)
      choices.thumbnail(file, 320).then(
        (found) => isCurrent && setAddress(found),
        () => undefined, // the problem at the field says that there is no such picture
      );
    return () => {
      isCurrent = false;
    };
  }, [file]);
  const choose = async () => {
    const picture = await choices.choosePicture();
    if (!picture) return;
    edit({ path, value: picture.src });
    if (path.at(-1) === 'src')
      for (const key of ['alt', 'caption', 'credit'] as const)
        if (picture[key]) edit({ path: [...path.slice(0, -1), key], value: picture[key] });
    announce(formWords.chosen(picture.src));
  };
  return (
    <div class="field-picture">
      {address && <img src={address} alt="" />}
      <button type="button" onClick={() => void choose()}>
        {file ? formWords.otherPicture : formWords.choosePicture}
      </button>
    </div>
  );
}
