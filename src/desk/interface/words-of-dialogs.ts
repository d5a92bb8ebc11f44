// The words of the dialogs: see `words.ts`.

export const dialogWords = {
  create: {
    title: (type: string) => `New story: ${type}`,
    says: 'It begins as a draft, which readers do not see.',
    headline: 'Headline',
    headlineMissing: 'Give the story a headline. You can change it at any time.',
    noSection: 'Choose later',
    button: 'Create',
  },

  versions: {
    title: 'Versions',
    says: 'Every save keeps the version before it.',
    none: 'There are no earlier versions yet.',
    why: { saved: 'Saved', found: 'Changed outside the desk', restored: 'Restored', unsaved: 'Not saved' } as Record<
      string,
      string
    >,
    count: (number: number) => `${number} words`,
    compared: 'What changed since this version',
    same: 'This version has the same text.',
    restore: (at: string) => `Restore the version of ${at}`,
    restored: (at: string) => `The version of ${at} is back. The one before is kept, too.`,
  },

  compare: {
    title: 'The file has changed on the disk',
    says: (choices: number) =>
      choices === 0
        ? 'Another program or tab saved it. Its changes and yours are in different places, so both can be kept.'
        : 'Another program or tab saved it. Where both changed the same, choose one. Nothing is saved before.',
    mine: 'Yours',
    theirs: 'On the disk',
    from: { mine: 'Yours', theirs: 'From the disk' },
    block: (number: number) => `Block ${number} of the text`,
    nothing: '(deleted)',
    later: 'Decide later',
    takeTheirs: 'Discard mine',
    tookTheirs: 'The desk shows the file as it is on the disk.',
    finish: 'Save both together',
    missing: (number: number) => (number === 1 ? '1 choice left' : `${number} choices left`),
    merged: 'Saved with the changes of both.',
    deleted: 'This file was deleted',
    deletedSays: 'It is no longer on the disk. Your text is still here, and you can write it again.',
    writeAgain: 'Write the file again',
  },

  publish: {
    title: 'Publish',
    planning: 'Finding out what this changes …',
    now: 'Publish now',
    schedule: 'Schedule',
    saving: 'Saving',
    running: 'Publishing',
    done: 'Published',
    back: 'Back to the story',
    takeBack: 'Take it back',
    takeBackHelp:
      'The story becomes what readers saw before. If they have not seen it before, it becomes a draft again.',
    takingBack: 'Taking it back …',
    takenBack: 'Taken back.',
    waits: (moment: string) => `It waits until ${moment}. The desk publishes it then, as long as it runs.`,
    noDeploy: 'No host is set up, so the pages are written to “dist” on this machine.',
    nothingPublic: 'Nothing became public. A draft or a story that waits is not shown to readers.',
    hasErrors: (number: number) =>
      number === 1 ? 'There is 1 error. Correct it first.' : `There are ${number} errors. Correct them first.`,
    question: 'This story is published. What kind of change is it?',
    kinds: { correction: 'Correction', clarification: 'Clarification', update: 'Update', minor: 'Minor' },
    kindHelp: {
      correction: 'Something was wrong. Readers see what, and when it was corrected.',
      clarification: 'Nothing was wrong, but it could be misunderstood. Readers see a note.',
      update: 'Something new happened. Readers see the time of the update.',
      minor: 'Spelling or style. Readers see no note.',
    },
    what: (kind: string) => `Text of the ${kind.toLowerCase()}`,
    whatHelp: 'Say what was wrong and what is right, in one or two sentences. It appears with the story.',
    phases: {
      read: 'Reading',
      ingest: 'Reading',
      plan: 'Planning',
      pictures: 'Pictures',
      pages: 'Pages',
      write: 'Writing',
      waiting: 'Waiting for another publish to end',
      deploy: 'Sending to the host',
    } as Record<string, string>,
  },

  withdraw: {
    title: 'Withdraw this story',
    says: 'Its address stays, and readers see there why the story is gone. All lists and feeds lose it.',
    reason: 'Reason, for readers',
    reasonHelp: 'For example: “This report was based on a document that turned out to be false.”',
    button: 'Withdraw',
    done: 'Withdrawn.',
  },

  mdx: {
    title: 'This story becomes .mdx',
    says: 'Components, such as timelines and galleries, are possible only in .mdx files. This story is a .md file.',
    stays: 'The desk saves the story and converts it. Its text, its address, links to it, and its versions stay.',
    cancel: 'Keep .md',
    button: 'Convert',
    done: 'The story is an .mdx file now. You can insert components.',
  },

  copy: {
    title: 'You pasted a whole story',
    says: 'The desk found fields in it. Those that you check go into the form, and the text goes into the text.',
    fields: {
      headline: 'Headline',
      kicker: 'Kicker',
      standfirst: 'Standfirst',
      byline: 'Byline',
      dateline: 'Dateline',
    } as Record<string, string>,
    hasOne: 'The form has another one. If you do not check this, it is left out.',
    leftOut: (all: string[]) => `Left out: ${all.map((one) => `“${one}”`).join(', ')}`,
    asText: 'Paste everything as text',
    asStory: 'Paste as a story',
  },

  pictures: {
    title: 'Add a picture',
    textsTitle: 'Texts of the picture',
    newOne: 'New picture',
    library: 'Library',
    drop: 'Drop pictures here, or paste them.',
    choose: 'Choose files',
    camera: 'Take a photo',
    pastedName: 'pasted.png',
    uploading: (name: string, at: number, of: number) => `Adding ${name} (${at} of ${of}) …`,
    uploaded: (count: number) => (count === 1 ? 'The picture was added.' : `${count} pictures were added.`),
    someFailed: (count: number) =>
      count === 1 ? '1 picture could not be added.' : `${count} pictures could not be added.`,
    moreFailed: (count: number) => (count === 1 ? 'And 1 more.' : `And ${count} more.`),
    noPictures: (names: string[]) =>
      names.length === 1
        ? `“${names[0]}” is not a picture, so it was left out. To bring in a document, import it.`
        : `${names.length} files are not pictures, so they were left out, such as “${names[0]}”. To bring in documents, import them.`,
    notHere: 'Drop pictures onto the text, or into the dialog for pictures.',
    place: (at: number, of: number) => `Picture ${at} of ${of}`,
    skip: 'Skip',
    skipHelp: 'Pictures that you skip stay in the folder of the story and in the library.',
    finish: (count: number) => (count === 1 ? 'Finish with 1 picture' : `Finish with ${count} pictures`),
    insert: 'Use this picture',
    search: 'Search captions, alt texts, and credits',
    found: (count: number) => (count === 1 ? '1 picture' : `${count} pictures`),
    more: 'Show more',
    usedBy: (count: number) =>
      count === 0 ? 'Not used yet' : count === 1 ? 'Used in 1 story' : `Used in ${count} stories`,
    fromFile: 'from the file',
    decorative: 'Decorative',
    decorativeHelp: 'The picture conveys nothing that the text does not. Screen readers skip it.',
    altIsCaption: 'The alt text repeats the caption, so some readers would hear it twice. Say what the picture shows.',
    fields: {
      alt: 'Alt text',
      caption: 'Caption',
      credit: 'Credit',
      copyright: 'Rights',
      place: 'Place',
      date: 'Date',
    },
    help: {
      alt: 'What the picture shows, for readers who do not see it.',
      caption: 'What it means: who, where, when. Printed below the picture.',
      credit: 'Who made or supplied it.',
      copyright: 'The copyright notice.',
      place: 'Where it was made.',
      date: 'When it was made: 2026, 2026-11, or 2026-11-27.',
    },
    focus: 'Most important point',
    focusHelp: 'Click the most important point, or move it with the arrow keys. Crops keep it.',
    focusAt: (x: number, y: number) => `${x} % from the left, ${y} % from the top`,
    noFocus: 'Reset the point',
  },
};
