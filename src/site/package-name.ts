/** Whether a text can be the name of a package on npm, such as `broadsheet-theme-x` or `@paper/theme`. */
export const isPackageName = (name: string): boolean =>
  /^(?:@[a-z\d~-][a-z\d._~-]*\/)?[a-z\d~-][a-z\d._~-]*$/.test(name);
