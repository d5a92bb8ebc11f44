// Every word of the interface, so that a translation needs one file. Plain English, and the newsroom's terms.

export const words = {
  noServer: 'The desk’s server does not answer.',
  noServerTodo: 'Your text stays in this tab. Check that “broadsheet desk” still runs, then try again.',
  refused: (status: number) => `The desk’s server answered with the error ${status}.`,
};
