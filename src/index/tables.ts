/**
 * The schema of the index in SQLite. Tables with long rows have row ids. Without them, each lookup would page through
 * the rows themselves.
 *
 * Raise the version with every change. Old files are then deleted.
 */
export const tables = {
  version: 18,
  sql: `
  -- Source files as last scanned. Size, times, and inode avoid reading them, and are stored as numbers for comparison. The
  -- digest is set for files that describe the newsroom. The digest of other files is stored with what was ingested from them
  -- (ingest/same-content.ts).
  CREATE TABLE file (path TEXT PRIMARY KEY, size REAL NOT NULL, mtime REAL NOT NULL, ctime REAL NOT NULL, inode REAL NOT NULL, digest TEXT) WITHOUT ROWID;
  -- Folders as last listed. While the times of a folder are the same, no entry was added or removed.
  CREATE TABLE folder (path TEXT PRIMARY KEY, size REAL NOT NULL, mtime REAL NOT NULL, ctime REAL NOT NULL, inode REAL NOT NULL, entries TEXT NOT NULL);
  CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

  -- All stories. isPublic applies to the time in meta "now".
  CREATE TABLE story (
    id TEXT PRIMARY KEY, file TEXT NOT NULL, state TEXT NOT NULL, due INTEGER, isPublic INTEGER NOT NULL,
    published INTEGER NOT NULL, day TEXT NOT NULL,
    digest TEXT NOT NULL, card TEXT NOT NULL, cardDigest TEXT NOT NULL, record TEXT NOT NULL);
  CREATE INDEX storyByFile ON story (file);
  CREATE INDEX storyWithdrawn ON story (id) WHERE state = 'withdrawn';
  CREATE INDEX storyByDue ON story (isPublic, due) WHERE due IS NOT NULL;
  -- Only public stories, in order of time. Stories of the same instant are in order of id, never of ingestion.
  CREATE TABLE listing (
    list TEXT NOT NULL, period TEXT NOT NULL, published INTEGER NOT NULL, id TEXT NOT NULL,
    PRIMARY KEY (list, period, published, id)) WITHOUT ROWID;
  CREATE TABLE period (list TEXT NOT NULL, period TEXT NOT NULL, length INTEGER NOT NULL, PRIMARY KEY (list, period)) WITHOUT ROWID;
  -- Public stories of a series, in their order. A story without a number comes after those that have one.
  CREATE TABLE series (
    series TEXT NOT NULL, part INTEGER NOT NULL, published INTEGER NOT NULL, id TEXT NOT NULL, spelling TEXT NOT NULL,
    PRIMARY KEY (series, part, published, id)) WITHOUT ROWID;
  -- Corrections of public stories. The period is a year. The number for each year is in the table period, as list "corrections".
  CREATE TABLE correction (
    period TEXT NOT NULL, date INTEGER NOT NULL, id TEXT NOT NULL, place INTEGER NOT NULL, type TEXT NOT NULL, text TEXT NOT NULL,
    PRIMARY KEY (period, date, id, place)) WITHOUT ROWID;
  -- Banners that end at a given time. isOver applies to the time in meta "now".
  CREATE TABLE banner (front TEXT PRIMARY KEY, until INTEGER NOT NULL, isOver INTEGER NOT NULL) WITHOUT ROWID;
  -- Feeds for partners that get stories of some lists (JSON) later, in ms, and the time in ms for which they were last looked at.
  CREATE TABLE delayedFeed (id TEXT PRIMARY KEY, lists TEXT NOT NULL, delay INTEGER NOT NULL, asOf INTEGER NOT NULL) WITHOUT ROWID;
  -- When a story changes by itself: an update, a correction, or a withdrawal. isPast applies to the time in meta "now".
  CREATE TABLE turn (isPast INTEGER NOT NULL, instant INTEGER NOT NULL, id TEXT NOT NULL, PRIMARY KEY (isPast, instant, id)) WITHOUT ROWID;
  CREATE INDEX turnById ON turn (id);
  -- The stories of the last two days, newest first, for the news sitemap. They apply to the time of the last publish.
  CREATE TABLE recent (place INTEGER PRIMARY KEY, id TEXT NOT NULL, published INTEGER NOT NULL);
  CREATE TABLE spelling (topic TEXT NOT NULL, spelling TEXT NOT NULL, id TEXT NOT NULL, PRIMARY KEY (topic, spelling, id)) WITHOUT ROWID;
  CREATE TABLE translation (original TEXT NOT NULL, id TEXT NOT NULL, PRIMARY KEY (original, id)) WITHOUT ROWID;
  CREATE INDEX translationById ON translation (id);
  -- Authors, standing pages, fronts, and the site itself.
  CREATE TABLE record (key TEXT PRIMARY KEY, file TEXT NOT NULL, digest TEXT NOT NULL, record TEXT NOT NULL);

  -- Dependencies. An owner is story/ID, author/ID, page/ID, front/ID, section/ID, public/FILE or site.
  CREATE TABLE name (name TEXT PRIMARY KEY, id TEXT NOT NULL) WITHOUT ROWID;
  CREATE INDEX nameById ON name (id);
  CREATE TABLE dependency (key TEXT NOT NULL, owner TEXT NOT NULL, PRIMARY KEY (key, owner)) WITHOUT ROWID;
  CREATE INDEX dependencyByOwner ON dependency (owner);
  CREATE TABLE link (owner TEXT NOT NULL, name TEXT NOT NULL, line INTEGER NOT NULL, file TEXT NOT NULL, PRIMARY KEY (owner, name, line)) WITHOUT ROWID;
  CREATE INDEX linkByName ON link (name);
  -- Links to addresses on this site, and "story:NAME" with the heading of that story that a link leads to.
  CREATE TABLE addressLink (
    owner TEXT NOT NULL, address TEXT NOT NULL, fragment TEXT NOT NULL, line INTEGER NOT NULL, written TEXT NOT NULL, file TEXT NOT NULL,
    isNavigation INTEGER NOT NULL, PRIMARY KEY (owner, line, written)) WITHOUT ROWID;
  CREATE INDEX addressLinkByAddress ON addressLink (address);
  -- Every claimed address, including those of hidden stories, so that there is no conflict on the day one is published.
  CREATE TABLE address (fold TEXT PRIMARY KEY, address TEXT NOT NULL, kind TEXT NOT NULL, owner TEXT NOT NULL, file TEXT NOT NULL) WITHOUT ROWID;
  -- Includes the kind, because a page can have thousands of old addresses, and each of them looks up the page's address.
  CREATE INDEX addressByOwner ON address (owner, kind);
  CREATE INDEX aliasByAddress ON address (address) WHERE kind = 'alias';
  -- Pictures by path: the identity of each (pictureId), and its facts with the texts of its sidecar.
  CREATE TABLE picture (path TEXT PRIMARY KEY, digest TEXT NOT NULL, facts TEXT NOT NULL);
  -- The metadata of files, read once for each content. Rows are kept, because a picture can be added again.
  CREATE TABLE pictureFile (digest TEXT PRIMARY KEY, facts TEXT NOT NULL);
  CREATE INDEX pictureByDigest ON picture (digest);
  CREATE TABLE pictureUse (digest TEXT NOT NULL, owner TEXT NOT NULL, PRIMARY KEY (digest, owner)) WITHOUT ROWID;
  CREATE INDEX pictureUseByOwner ON pictureUse (owner);
  -- Documents of public stories: the address at which each is published, and its file.
  CREATE TABLE document (address TEXT PRIMARY KEY, path TEXT NOT NULL, owner TEXT NOT NULL) WITHOUT ROWID;
  CREATE INDEX documentByOwner ON document (owner);
  -- Table files beside stories, as read.
  CREATE TABLE tableFile (path TEXT PRIMARY KEY, digest TEXT NOT NULL, record TEXT NOT NULL);
  -- Aliases that are only in the lists of redirects, because no file can hold them.
  CREATE TABLE redirect (source TEXT NOT NULL, owner TEXT NOT NULL, PRIMARY KEY (source, owner)) WITHOUT ROWID;
  CREATE INDEX redirectByOwner ON redirect (owner);

  -- Pages of the site, and the traces: the queries that each page made, and the digest of each result.
  CREATE TABLE page (id INTEGER PRIMARY KEY, address TEXT NOT NULL UNIQUE);
  CREATE TABLE query (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, subject TEXT NOT NULL, digest TEXT NOT NULL);
  CREATE INDEX queryBySubject ON query (subject);
  CREATE TABLE read (query INTEGER NOT NULL, page INTEGER NOT NULL, PRIMARY KEY (query, page)) WITHOUT ROWID;
  CREATE INDEX readByPage ON read (page);
  -- Files in dist that are not pages: styles, fonts, renditions, files in public/. A source is templates,
  -- picture:ID or public:FILE. Two pictures with the same bytes share files, so a file is removed with its last source.
  CREATE TABLE asset (file TEXT NOT NULL, source TEXT NOT NULL, PRIMARY KEY (file, source)) WITHOUT ROWID;
  CREATE INDEX assetBySource ON asset (source);
  -- Every file in dist as the press left it: the SHA-256 of its bytes in hexadecimal, and what the file system reported for it. Without a row,
  -- nothing is known about a file. The times of a folder change when an entry is added or removed. dist itself is ''.
  CREATE TABLE distFile (file TEXT PRIMARY KEY, digest TEXT NOT NULL, size REAL NOT NULL, mtime REAL NOT NULL, ctime REAL NOT NULL) WITHOUT ROWID;
  CREATE TABLE distFolder (path TEXT PRIMARY KEY, mtime REAL NOT NULL, ctime REAL NOT NULL) WITHOUT ROWID;
  -- The queue: work that follows from what was ingested. Both are written in one transaction. A row names a
  -- page by its address, a picture (picture:ID), a file in public/ (public:FILE), or a file to delete (file:FILE).
  CREATE TABLE todo (address TEXT PRIMARY KEY, step INTEGER NOT NULL) WITHOUT ROWID;
`,
};
