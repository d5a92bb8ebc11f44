/*
 * Lines of a copied web page that are no part of the story: links to skip, buttons to share, advertisements, requests to
 * subscribe. A line counts only if it is nothing but that, so a sentence of the story never does.
 */

const exact = [
  // Skip links and navigation
  /^(?:skip|jump|go) to (?:the )?(?:main |primary )?(?:content|navigation|search|footer|key events|main|article)$/,
  /^(?:zum|direkt zum|springe zum) (?:haupt)?inhalt(?: springen| wechseln)?$/,
  /^(?:zur (?:haupt)?navigation|zur suche|zum seitenende|zum footer)(?: springen)?$/,
  /^(?:aller au|passer au|accéder au|allez au) contenu(?: principal)?$/,
  /^(?:ir al|saltar al|pasar al|ir directamente al) contenido(?: principal)?$/,
  /^(?:vai al|salta al) contenuto(?: principale)?$/,
  /^(?:ir para o|pular para o|saltar para o) conteúdo(?: principal)?$/,
  /^(?:ga|spring|door) naar (?:de )?(?:hoofd)?inhoud$/,
  /^(?:hopp(?:a)? till (?:huvud)?innehåll|gå til(?:l)? (?:hoved)?inn?h[oå]ld|siirry sisältöön|przejdź do treści|přejít k obsahu)$/,
  /^(?:main menu|menu|navigation|search|home|log in|sign in|register|subscribe(?: now)?|my account|back to (?:top|home)|print(?: this page)?|menü|suche|startseite|anmelden|abonnieren|connexion|se connecter|s'abonner|inicio|iniciar sesión|suscríbete|accedi|abbonati|zoeken|inloggen)$/,
  // Share and tools
  /^(?:share|share this(?: article| story| page)?|share on (?:facebook|twitter|x|linkedin|whatsapp|email|bluesky|reddit)|share via (?:email|whatsapp)|share full article|share options|copy link|link copied|gift this article|give this article|save|save article|save this story|bookmark|email|e-mail|print|facebook|twitter|x|whatsapp|linkedin|reddit|pinterest|telegram|bluesky|flipboard|tumblr|messenger|copy|listen|listen to this (?:article|story)|add us on google|follow(?: us)?(?: on .{2,20})?|comments?|leave a comment|post a comment|\d+ comments?|view comments?|show comments?|toggle comments?)$/,
  /^(?:teilen|artikel teilen|merken|merkliste|drucken|anhören|artikel anhören|link kopieren|kommentare?|zur merkliste hinzufügen|vorlesen|\d+ kommentare?)$/,
  /^(?:partager|partager l'article|partager sur (?:facebook|twitter|x|whatsapp)|imprimer|enregistrer|écouter l'article|offrir(?: l'article)?|ajouter à vos sélections|réagir|commenter|commentaires|copier le lien|envoyer par e-mail|lire plus tard|article réservé aux abonnés)$/,
  /^(?:compartir|comparte|compartir en (?:facebook|twitter|x|whatsapp)|guardar|imprimir|escuchar|copiar enlace|comentarios?|comentar|ir a los comentarios|enviar por correo|desplegar redes sociales)$/,
  /^(?:condividi|stampa|salva|ascolta(?: l'articolo)?|commenti|compartilhar|compartilhe|ouvir|salvar|delen|deel dit artikel|afdrukken|opslaan|del|dela|jaa|udostępnij|sdílet)$/,
  /^(?:hide caption|toggle caption|enlarge this image|view image in fullscreen|view image|expand image|open image in gallery|image|play|play video|watch|download|embed|transcript|loading|opens in (?:a )?new (?:tab|window)|image \d+ of \d+|\d+ ?\/ ?\d+|bild in neuem fenster öffnen|bild vergrößern|zoom|agrandir l'image|ampliar foto|ampliar)$/,
  // Advertisements
  /^(?:advertisement|advertising|advert|ad|ads|sponsored|promoted|article continues (?:below|after)(?: this)?(?: advert(?:isement)?)?|continue reading(?: the main story| below)?|story continues below(?: advertisement)?|skip advertisement|scroll to continue(?: with content)?|after newsletter promotion|skip past newsletter promotion|anzeige|werbung|advertorial|publicité|la suite après la publicité|la suite après cette publicité|il vous reste .{1,20} de cet article à lire.*|publicidad|publicidade|pubblicità|continua a leggere dopo la pubblicità|advertentie|annons|annonse|annonce|mainos|reklama|реклама|sponsor message|ad feedback|report this ad|remove ads?)$/,
  // Newsletters, subscriptions and the end of a page
  /^(?:sign up (?:to|for) .{2,120}|subscribe to .{2,100}|get our .{2,80} (?:email|newsletter).*|newsletter|free newsletter|daily newsletter|enter your email(?: address)?|email address|privacy notice: .*|thank you for (?:signing up|subscribing).*|jetzt (?:den )?newsletter abonnieren.*|newsletter abonnieren|zum newsletter|abonnez-vous.*|inscrivez-vous à .{2,80}|recevez .{2,60}newsletter.*|suscríbete .{2,100}|recibe .{2,60}(?:newsletter|boletín).*|apúntate .{2,60}newsletter.*|iscriviti .{2,80}|assine .{2,80}|meld je aan .{2,80})$/,
  /^(?:all rights reserved|terms(?: of (?:use|service))?|privacy(?: policy)?|cookie (?:policy|settings)|cookies|accept(?: all)?(?: cookies)?|contact(?: us)?|about us|impressum|datenschutz|agb|mentions légales|aviso legal|note legali|most read|most popular|most viewed|trending|top stories|alle rechte vorbehalten|tous droits réservés|todos los derechos reservados)$/,
  // How long, and how long ago
  /^(?:(?:\d+|a|an|one) (?:seconds?|minutes?|mins?|hours?|hrs?|days?|weeks?|months?|years?) ago|just now|yesterday|vor (?:\d+|einer|einem) (?:minuten?|stunden?|tag(?:en)?)|il y a \d+ (?:minutes?|heures?|jours?)|hace \d+ (?:minutos?|horas?|días?)|\d+ (?:minuti|ore|giorni) fa|\d+ (?:minuten|uur|dagen) geleden)$/,
  /^(?:(?:reading time|lesezeit|temps de lecture|lecture|lectura|tempo di lettura|leestijd|lästid|lesetid)\s*:?\s*)?(?:ca\. )?\d+(?:[-–]| to )?\d*\s?(?:min(?:ute|uten|utes|utos|uti|s|\.)?)(?: (?:read|listen|lesezeit|de lecture|de lectura|di lettura|leestijd|lesen))?$/,
  /^listen\s*[·•-]\s*\d+[:.\s]\d*.{0,24}$/,
  /^\d+[- ]minute (?:listen|read|watch)$/,
  /^(?:artikel zum hören|artikel anhören|écouter(?: l'article)?|escuchar(?: el artículo)?|ascolta(?: l'articolo)?|listen(?: to (?:this )?article)?)\s*[•·:-]?\s*\d+\s?min(?:\.|uten|utes|utos|uti)?$/,
  /^explore more on these topics$/,
] as const;

/** Whether a line is furniture of the page it was copied from. */
export function isFurniture(line: string): boolean {
  const text = line
    .normalize('NFC')
    .replace(/[’‘`]/g, "'")
    .replace(/\s+/g, ' ')
    .trim()
    .toLowerCase()
    .replace(/^[»›>→▶*•·|\s[(]+|[»›>→▼|\s.…:!\])]+$/gu, '');
  if (text === '') return false;
  return text.length <= 160 && exact.some((pattern) => pattern.test(text));
}

const relatedWords =
  'read more|read also|also read|read next|more on this(?: story| topic)?|related(?: (?:stories|articles|topics|content|coverage|reading|story|article|links))?|see also|more stories|recommended(?: stories| reading)?|further reading|you may also like|more from .{2,30}|mehr zum thema|mehr dazu|lesen sie (?:auch|mehr|hier)|weiterlesen|auch interessant|weitere artikel|passend dazu|lire aussi|à lire aussi|lire également|sur le même sujet|à lire|pour aller plus loin|lee también|lea también|leer más|te puede interesar|más información|noticias relacionadas|leggi anche|potrebbe interessarti|approfondimenti|per approfondire|leia mais|leia também|veja também|lees ook|lees meer|meer over .{2,30}|läs också|läs mer|les også|les mer|læs også|lue myös|czytaj też|czytaj także|zobacz też|čtěte také|читайте также|читайте також|материалы по теме';
const related = new RegExp(`^[▶►»›→>*•\\s]*(?:${relatedWords})\\s*(?:[:：|–—-]\\s*(.*)|[…>»]*)$`, 'iu');

/**
 * Reads "Read more:" in many languages. `title` is what follows on the same line, and '' if the titles come on the next
 * lines.
 */
export function readRelatedLine(line: string): { title: string } | undefined {
  const text = line.replace(/\s+/g, ' ').trim();
  const match = text.length > 240 ? null : related.exec(text);
  return match === null ? undefined : { title: (match[1] ?? '').trim() };
}
