import type { SourceFile } from '../../source.ts';

const assets =
  /\.(?:jpe?g|png|gif|webp|avif|svg|tiff?|heic|heif|bmp|ico|pdf|docx?|xlsx?|pptx?|odt|ods|odp|rtf|epub|csv|tsv|zip|gz|tgz|7z|mp3|m4a|ogg|oga|wav|flac|aac|mp4|m4v|mov|webm|ogv|avi|mpe?g|vtt|srt|ics|kml|gpx|geojson|key|ttf|otf|woff2?|eot)$/i;
/** What the generator and its templates consist of. */
const ofGenerator =
  /\.(?:[cm]?[jt]sx?|css|s[ac]ss|less|styl|ya?ml|toml|lock|rb|gemspec|py|sh|bat|ps1|php|njk|liquid|hbs|mustache|ejs|pug|haml|slim|astro|vue|svelte|map|webmanifest|template|tmpl|conf|ini|cfg|env|rs|go|mod|sum|dockerfile|nix|editorconfig|bib|graphql|snap)$/i;
const namesOfGenerator =
  /^(?:Gemfile|Rakefile|Makefile|Dockerfile|Procfile|CNAME|LICENSE|LICENCE|COPYING|NOTICE|_redirects|_headers|package(?:-lock)?\.json|tsconfig.*\.json|manifest\.json|site\.webmanifest|robots\.txt|humans\.txt|browserconfig\.xml|favicon\..*|\..*|CODEOWNERS|requirements.*\.txt|.*\.config|.*\.json5?)$/i;
const foldersOfGenerator =
  /(?:^|\/)(?:_layouts|_includes|_sass|_plugins|_data|layouts|templates|themes|archetypes|i18n|data|plugins|scaffolds|scripts|bin|test|tests|cypress|components|partials|shortcodes)\//;

/** What a file of the archive is that is no text of its own. */
export function kindOfFile(file: string): SourceFile['kind'] {
  const name = file.split('/').at(-1) ?? '';
  if (assets.test(name) && !/\.(?:ttf|otf|woff2?|eot|ico)$/i.test(name)) return 'asset';
  if (/\.(?:ttf|otf|woff2?|eot|ico)$/i.test(name)) return 'generator';
  if (namesOfGenerator.test(name) || ofGenerator.test(name) || foldersOfGenerator.test(file)) return 'generator';
  return 'not-understood';
}
