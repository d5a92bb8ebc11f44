/**
 * The few words that stand inside a finished body. (Those of the page come from `i18n/`; a body is
 * compiled before there is a page.)
 */
export interface BodyWords {
  footnotes: string;
  /** @param reference `1`, or `1-2` for the second place that refers to it */
  backTo: (reference: string) => string;
  table: string;
  done: string;
  open: string;
  embedded: (host: string) => string;
  video: (host: string) => string;
  audio: (host: string) => string;
}

const en: BodyWords = {
  footnotes: 'Footnotes',
  backTo: (reference) => `Back to reference ${reference}`,
  table: 'Table',
  done: 'Done',
  open: 'Open',
  embedded: (host) => `Embedded content from ${host}`,
  video: (host) => `Video from ${host}`,
  audio: (host) => `Audio from ${host}`,
};

const languages: Record<string, BodyWords> = {
  en,
  de: {
    footnotes: 'Fußnoten',
    backTo: (reference) => `Zurück zu Verweis ${reference}`,
    table: 'Tabelle',
    done: 'Erledigt',
    open: 'Offen',
    embedded: (host) => `Eingebetteter Inhalt von ${host}`,
    video: (host) => `Video von ${host}`,
    audio: (host) => `Ton von ${host}`,
  },
  fr: {
    footnotes: 'Notes',
    backTo: (reference) => `Retour à l’appel de note ${reference}`,
    table: 'Tableau',
    done: 'Fait',
    open: 'À faire',
    embedded: (host) => `Contenu intégré de ${host}`,
    video: (host) => `Vidéo de ${host}`,
    audio: (host) => `Son de ${host}`,
  },
  es: {
    footnotes: 'Notas',
    backTo: (reference) => `Volver a la referencia ${reference}`,
    table: 'Tabla',
    done: 'Hecho',
    open: 'Pendiente',
    embedded: (host) => `Contenido insertado de ${host}`,
    video: (host) => `Vídeo de ${host}`,
    audio: (host) => `Audio de ${host}`,
  },
  ga: {
    footnotes: 'Fonótaí',
    backTo: (reference) => `Ar ais go tagairt ${reference}`,
    table: 'Tábla',
    done: 'Déanta',
    open: 'Le déanamh',
    embedded: (host) => `Ábhar leabaithe ó ${host}`,
    video: (host) => `Físeán ó ${host}`,
    audio: (host) => `Fuaim ó ${host}`,
  },
};

/** @param language BCP 47; one that we do not know is answered in English */
export const bodyWords = (language: string): BodyWords => languages[language.split('-', 1)[0]!.toLowerCase()] ?? en;
