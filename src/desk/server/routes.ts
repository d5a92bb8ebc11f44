import { deleteAutosave, putAutosave } from './api/autosave.ts';
import { becomeMdx } from './api/become-mdx.ts';
import { getCalendar } from './api/calendar.ts';
import { deleteFile, duplicate } from './api/copy-file.ts';
import { events } from './api/events.ts';
import { getFile, putFile } from './api/file.ts';
import { getFiles } from './api/files.ts';
import { forms } from './api/forms.ts';
import { findLinks } from './api/link.ts';
import { findNames } from './api/names.ts';
import { postFile } from './api/new-file.ts';
import { paste } from './api/paste.ts';
import { getPicture, postPicture } from './api/picture.ts';
import { getPictures, getPictureTexts } from './api/pictures.ts';
import { previewFile } from './api/preview.ts';
import { planPublish, publishFile, takeBack, withdraw } from './api/publish.ts';
import { session } from './api/session.ts';
import { getStories } from './api/stories.ts';
import { getVersion, getVersions, restoreVersion } from './api/versions.ts';
import type { Handler, PageHandler } from './api.ts';
import { previewPrefix } from './guard.ts';
import { previewFrame } from './preview-frame.ts';

/** The API, below `/desk/api/`. One line for each method and resource. */
export const routes: Record<string, Handler> = {
  'DELETE autosave': deleteAutosave,
  'PUT autosave': putAutosave,
  'GET calendar': getCalendar,
  'POST duplicate': duplicate,
  'GET events': events,
  'DELETE file': deleteFile,
  'GET file': getFile,
  'POST file': postFile,
  'PUT file': putFile,
  'POST mdx': becomeMdx,
  'POST preview': previewFile,
  'GET forms': forms,
  'GET files': getFiles,
  'POST link': findLinks,
  'POST names': findNames,
  'POST paste': paste,
  'GET picture': getPicture,
  'POST picture': postPicture,
  'GET pictures': getPictures,
  'GET picture/texts': getPictureTexts,
  'GET session': session,
  'GET stories': getStories,
  'GET version': getVersion,
  'GET versions': getVersions,
  'POST restore': restoreVersion,
  'POST publish': publishFile,
  'POST publish/plan': planPublish,
  'POST publish/undo': takeBack,
  'POST withdraw': withdraw,
};

/** Other addresses below `/desk/`, by how they begin. The handlers set their own headers. */
export const pages: Record<string, PageHandler> = {
  [previewPrefix]: previewFrame,
};
