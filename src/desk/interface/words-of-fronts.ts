// The words of the view in which fronts are arranged: see `words.ts`.

export const frontWords = {
  fronts: {
    says: 'A front fills itself with the latest stories. Arrange it to choose which stories open it.',
    home: 'Front page',
    arranged: 'Arranged',
    fillsItself: 'Fills itself with the latest stories',
    titleOf: (name: string) => `Front: ${name}`,
    back: 'All fronts',
    actions: 'Front',
    parts: 'Parts of the front',
    arrangement: 'Arrangement',
    findStories: 'Find stories',
    find: 'Find a story by its headline',
    newest: 'The newest stories',
    found: (count: number) =>
      count === 0 ? 'No headline has these words.' : count === 1 ? '1 story' : `${count} stories`,
    add: 'Add',
    addNamed: (headline: string) => `Add “${headline}” to the opening`,
    isHere: (place: string) => `On this front: ${place}`,
    banner: 'Banner',
    bannerHelp: 'Breaking news above everything else. It needs a sentence, and can lead to a story.',
    bannerEnded: 'This banner has ended, so readers do not see it.',
    openingTitle: 'Opening',
    openingHelp: 'The stories that open the page, beginning with the lead. The latest stories fill the rest.',
    pinned: 'Pinned',
    pinnedHelp: 'A story with a place of its own below the opening, until you remove it.',
    slots: {
      banner: 'Put a story here to link the banner to it.',
      pinned: 'Put a story here to pin it.',
      stories: 'Put a story here. Until then, the latest stories open the page.',
      with: 'Put stories that belong to it here.',
    },
    places: { banner: 'banner', pinned: 'pinned', lead: 'lead' },
    opening: (number: number) => `story ${number} of the opening`,
    below: (headline: string, number: number) => `below “${headline}”, place ${number}`,
    /** Describes each handle. */
    handleHelp:
      'Drag the story, or press Space to pick it up. Then choose a place with the arrow keys, and press Space to put it there. Escape leaves it where it was.',
    move: (headline: string) => `Move “${headline}”`,
    up: (headline: string) => `Move “${headline}” up`,
    down: (headline: string) => `Move “${headline}” down`,
    remove: (headline: string) => `Remove “${headline}” from the front`,
    putHere: (place: string) => `Put it here: ${place}`,
    moving: (headline: string) => `You are moving “${headline}”.`,
    movingHelp: 'Click a place, or choose one with the arrow keys and press Space.',
    cancel: 'Leave it where it was',
    pickedUp: (headline: string) =>
      `Picked up: “${headline}”. The arrow keys choose a place, Space puts it there, and Escape leaves it where it was.`,
    aimed: (place: string) => `Place: ${place}.`,
    put: (headline: string, place: string) => `“${headline}” is now: ${place}.`,
    putInstead: (headline: string, place: string, other: string) =>
      `“${headline}” is now: ${place}. It replaces “${other}”, which you can bring back with Undo.`,
    cancelled: (headline: string) => `“${headline}” stays where it was.`,
    removed: (headline: string) => `“${headline}” is no longer on this front.`,
    fates: {
      unknown: 'No story has this name. Remove it from the front, because the front cannot be published like this.',
      draft: 'A draft. The front leaves it out until it is published.',
      waiting: (moment: string) => `It waits until ${moment}. The front leaves it out until then.`,
      withdrawn: 'It was withdrawn, so the front leaves it out.',
      broken: 'Its file cannot be read, so the front may leave it out. Open it to see the line at fault.',
      ready: 'The next publish puts it on the site, and on this front.',
      twice: (place: string) => `It is named twice, and appears only once: ${place}.`,
    },
    asText:
      'This front is written in a way that cannot be arranged. Change it with “Edit the whole file” in the menu “More”.',
  },
};
