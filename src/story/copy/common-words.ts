/*
 * Words that a sentence can begin with, and words that no sentence has twice in a row. Both lists are short on purpose: a
 * word is in them only if the slip is nearly certain.
 */

const list = (words: string): string[] => words.split(' ');

/** Capitalised, as they begin a sentence. */
export const openers: Record<string, string[]> = {
  en: list(
    'The An It He She They We You In On At But And This That These Those There When While After Before As For From If However His Her Their Its Our What Who How Why Where Some Many Most More One By With To Although Since During Despite Because So Yet Not All Another Also Now Then Here According',
  ),
  de: list(
    'Der Die Das Den Dem Des Ein Eine Einen Einer Er Sie Es Wir Ich Im In Am An Auf Aber Und Auch Bei Beim Mit Nach Von Vor Zu Zum Zur Für Dies Diese Dieser Dieses Doch Dort Da Denn Als Wenn Während Seit Noch Nun So Wie Was Wer Wo Warum Man Nicht Kein Keine Viele Alle Laut',
  ),
  fr: list(
    'Le La Les Un Une Des Il Elle Ils Elles On Nous Vous Je Ce Cette Ces Cet Dans En Et Mais Pour Par Sur Avec Après Avant Depuis Selon Si Son Sa Ses Leur Leurs Au Aux Du De Quand Comme Tous Toutes',
  ),
  es: list(
    'El La Los Las Un Una En Pero Para Por Con De Del Al Se Su Sus Es Este Esta Estos Estas Esto Según Cuando Como Si Desde Hasta Tras Ya No También Más Lo Hay Él Ella Ellos',
  ),
  it: list(
    'Il Lo La Gli Le Un Una In Ma Per Con Di Del Della Nel Nella Questo Questa Secondo Quando Come Se Dopo Non Anche Si',
  ),
  pt: list(
    'O A Os As Um Uma Em No Na Nos Nas Mas Para Por Com De Do Da Se Seu Sua Este Esta Segundo Quando Como Depois Não Também',
  ).filter((word) => word.length > 1),
  nl: list(
    'De Het Een In Op Maar En Voor Met Van Hij Zij Ze Wij We Ik Dit Deze Dat Die Toen Als Na Volgens Ook Niet Er Om',
  ),
  sv: list('Det Den De En Ett Han Hon Vi Jag På Men Och För Med Av När Efter Enligt Också Inte Som Att'),
  uk: list(
    'У В На І Та Але Це Він Вона Вони Ми Я За До Від Із Як Що Якщо Коли Для Про При Після Також Не Тому Проте Однак',
  ),
  ru: list('В На И Но Это Он Она Они Мы Я За До От Из Как Что Если Когда Для По При После Также Не Однако Поэтому'),
};

/** In lower case. Words that can stand twice in a row ("that that", "had had", „die die“) are not in the lists. */
export const neverTwice: Record<string, ReadonlySet<string>> = Object.fromEntries(
  Object.entries({
    en: 'the a an of to and for with from at by it they we was were are be has have his our their which or but been could should would into than then about after before because during between through my your as if',
    de: 'und oder mit von im dem ein einen einem einer eines für nicht wird wurde wurden werden hat hatte haben auch aber wenn dass ist sind war waren zur zum vom beim durch über unter gegen ohne',
    fr: 'les des du un une et dans pour par avec est sont qui sur au aux leurs cette ces mais ou dont été',
    es: 'el los las de del un una y en con por para se su sus al es son pero como este esta fue',
    it: 'il gli di del della dei delle un una e per con nel nella da sono ma anche',
    pt: 'de do da dos das um uma e em para com por na no que ao mas foi',
    nl: 'de het een van en met voor naar maar bij wordt werd ook',
    sv: 'och ett av med för på som till från är var',
    uk: 'і в у на з із для від за про не але або цей ця це',
    ru: 'и в на с из для от не но или это',
    pl: 'i w na z ze dla od nie że oraz ale',
  }).map(([language, words]) => [language, new Set(list(words))]),
);
