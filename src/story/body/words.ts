import { directionOf } from '../../site/direction.ts';

/**
 * The few built-in texts inside a finished body. (Those of the page come from `i18n/`, but a body is compiled before
 * there is a page.)
 */
export interface BodyWords {
  footnotes: string;
  /** The accessible name of the link in the text, which shows only a number. @param number as printed */
  footnote: (number: string) => string;
  /** @param reference `1`, or `1-2` for the second place that refers to it */
  backTo: (reference: string) => string;
  table: string;
  done: string;
  open: string;
  embedded: (host: string) => string;
  video: (host: string) => string;
  audio: (host: string) => string;
  /** The separator between the date of an entry and its text, with the spaces that the language requires. */
  colon: string;
  /** The language of these texts, if they are in English only because there is no translation. */
  borrowedBy?: string;
}

const en: BodyWords = {
  footnotes: 'Footnotes',
  footnote: (number) => `Footnote ${number}`,
  backTo: (reference) => `Back to reference ${reference}`,
  table: 'Table',
  done: 'Done',
  open: 'Open',
  embedded: (host) => `Embedded content from ${host}`,
  video: (host) => `Video from ${host}`,
  audio: (host) => `Audio from ${host}`,
  colon: ': ',
};

const languages: Record<string, BodyWords> = {
  en,
  de: {
    footnotes: 'Fußnoten',
    footnote: (number) => `Fußnote ${number}`,
    backTo: (reference) => `Zurück zu Verweis ${reference}`,
    table: 'Tabelle',
    done: 'Erledigt',
    open: 'Offen',
    embedded: (host) => `Eingebetteter Inhalt von ${host}`,
    video: (host) => `Video von ${host}`,
    audio: (host) => `Ton von ${host}`,
    colon: ': ',
  },
  fr: {
    footnotes: 'Notes',
    footnote: (number) => `Note ${number}`,
    backTo: (reference) => `Retour à l’appel de note ${reference}`,
    table: 'Tableau',
    done: 'Fait',
    open: 'À faire',
    embedded: (host) => `Contenu intégré de ${host}`,
    video: (host) => `Vidéo de ${host}`,
    audio: (host) => `Son de ${host}`,
    colon: '\u00A0: ',
  },
  es: {
    footnotes: 'Notas',
    footnote: (number) => `Nota ${number}`,
    backTo: (reference) => `Volver a la referencia ${reference}`,
    table: 'Tabla',
    done: 'Hecho',
    open: 'Pendiente',
    embedded: (host) => `Contenido insertado de ${host}`,
    video: (host) => `Vídeo de ${host}`,
    audio: (host) => `Audio de ${host}`,
    colon: ': ',
  },
  ga: {
    footnotes: 'Fonótaí',
    footnote: (number) => `Fonóta ${number}`,
    backTo: (reference) => `Ar ais go tagairt ${reference}`,
    table: 'Tábla',
    done: 'Déanta',
    open: 'Le déanamh',
    embedded: (host) => `Ábhar leabaithe ó ${host}`,
    video: (host) => `Físeán ó ${host}`,
    audio: (host) => `Fuaim ó ${host}`,
    colon: ': ',
  },
  ar: {
    footnotes: 'الحواشي',
    footnote: (number) => `الحاشية ${number}`,
    backTo: (reference) => `العودة إلى موضع الحاشية ${reference}`,
    table: 'جدول',
    done: 'أُنجز',
    open: 'لم يُنجز بعد',
    embedded: (host) => `محتوى مضمَّن من ${host}`,
    video: (host) => `فيديو من ${host}`,
    audio: (host) => `تسجيل صوتي من ${host}`,
    colon: ': ',
  },
};

/** @param language BCP 47. For a language without a translation, the result is in English and says so */
export function bodyWords(language: string): BodyWords {
  const own = languages[primaryOf(language)];
  if (own) return own;
  let borrowed = borrowing.get(language);
  if (!borrowed) {
    borrowed = { ...en, borrowedBy: language };
    borrowing.set(language, borrowed);
  }
  return borrowed;
}

const borrowing = new Map<string, BodyWords>();

/** `lang` and `dir` for built-in texts in a body whose language has no translation. */
export function voiceOf({ borrowedBy }: BodyWords): [string, string][] {
  if (borrowedBy === undefined) return [];
  return directionOf(borrowedBy) === 'rtl'
    ? [
        ['lang', 'en'],
        ['dir', 'ltr'],
      ]
    : [['lang', 'en']];
}

const primaryOf = (language: string): string => language.split('-', 1)[0]!.toLowerCase();
