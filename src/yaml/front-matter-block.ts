/**
 * The front matter of a text whose line endings are `\n`: everything up to the body, with the YAML as its group. The
 * first line of three hyphens after the one that opens it ends it, even if there is nothing between them.
 */
export const frontMatterBlock: RegExp = /^---[ \t]*\n((?:[\s\S]*?\n)??)---[ \t]*(?:\n|$)/;
