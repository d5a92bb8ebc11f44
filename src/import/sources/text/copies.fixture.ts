/*
 * Copies of stories, as people send them: pasted from web pages, from agencies, from e-mail. All of them are invented,
 * in the form that each kind of page gives when somebody copies it.
 */

/** A page of a broadcaster: a label, tools, and captions in two lines. */
export const broadcaster = `Skip to content
Harbour reopens after winter storms
3 March 2026
Share
Save
Ann Example
Business reporter
Image source,
Getty Images
Image caption,
The harbour at dawn on Tuesday
The harbour reopened on Tuesday after the longest closure in its history, the port authority said.

Ferries will sail again from Thursday. Two of three berths are in use.

'We were lucky'

"We were lucky," said Mairead Ní Bhriain, the harbour master, who has worked there since 1998.

More on this story
Storm closes harbour for a third week
Ferries moved to Rossaveel
`;

/** A newspaper page, on which the alt text is copied too, and is the same as the caption. */
export const newspaper = `Skip to main content
Skip to navigation
Ireland
Galway harbour reopens after its longest closure
Ferries sail again from Thursday, but the old pier stays shut until the summer
Ann Example in Galway
Tue 3 Mar 2026 06.00 GMT
Last modified on Tue 3 Mar 2026 09.15 GMT
Share
Fishing boats wait outside the harbour wall at dawn
Fishing boats wait outside the harbour wall at dawn. Photograph: Bob Test/The Observer
Galway harbour reopened on Tuesday after the longest closure in its history, the port authority said.

Sign up to This is Ireland
“We were lucky,” said the harbour master. “Another week and the quay wall would have gone.”

Two divers check the quay wall
Two divers check the quay wall. Photograph: Bob Test/The Observer
The council votes on a new pier in May, and nobody expects the vote to be close.

Explore more on these topics
Related stories
Storm closes the harbour for a third week
Ferries moved to Rossaveel until the spring
`;

/** American radio: "hide caption", "toggle caption", and the credit twice. */
export const radio = `Business

A harbour town waits for its ferries
March 3, 2026 5:00 AM ET
Heard on Morning Edition
By Ann Example

Listen · 4:12 4-Minute Listen

Fishing boats rest in the harbor of Galway in February.
Bob Test/NPR
hide caption

toggle caption
Bob Test/NPR

The harbor has been closed since January, and the town that lives off it has begun to count the days.

Sponsor Message

"You can hear the quiet," says Mairead Ní Bhriain, who runs the bakery next to the terminal building.
`;

/** A German magazine: caption and credit on two lines, advertisements in between. */
export const magazine = `Zum Inhalt springen
Nach dem Sturm
Galway öffnet seinen Hafen wieder
Wochenlang lag der Fährverkehr still. Jetzt fahren die ersten Schiffe wieder, doch die alte Mole bleibt gesperrt.
Von Ann Beispiel, Galway
03.03.2026, 14.05 Uhr
Artikel zum Hören • 4 Min
Anzeige
Hafen von Galway im Morgengrauen
Foto: Bodo Test / dpa
Der Hafen von Galway ist nach der längsten Sperrung seiner Geschichte wieder offen, teilte die Hafenbehörde am Dienstag mit.

»Wir hatten Glück«, sagte die Hafenmeisterin. »Noch eine Woche, und die Kaimauer wäre gebrochen.«

Mehr zum Thema
Sturm schließt den Hafen für eine dritte Woche
Fähren fahren nach Rossaveel

Im Mai stimmt der Rat über eine neue Mole ab, und niemand rechnet mit einem knappen Ergebnis.
`;

/** A French daily: credit in capitals at the end of the caption, "Lire aussi" in the text. */
export const daily = `Aller au contenu
International
Le port de Galway rouvre après sa plus longue fermeture
Les ferrys reprennent la mer jeudi, mais la vieille jetée reste fermée jusqu’à l’été.
Par Anne Exemple (Galway, envoyée spéciale)
Publié le 03 mars 2026 à 14h05, modifié le 03 mars 2026 à 18h20
Temps de Lecture 4 min.
Offrir l’article
Le port de Galway, à l’aube, le 2 mars 2026. BRUNO ESSAI / AFP
Le port de Galway a rouvert mardi 3 mars après la plus longue fermeture de son histoire, a annoncé l’autorité portuaire.

Lire aussi : La tempête ferme le port pour une troisième semaine

« Nous avons eu de la chance », dit la capitaine du port, qui y travaille depuis plus de vingt-sept ans.
`;

/** A Spanish daily: the place before the date, and the photographer on a line of its own. */
export const spanish = `Ir al contenido
Internacional
El puerto de Galway reabre tras su cierre más largo
Los transbordadores vuelven a navegar el jueves, pero el viejo muelle sigue cerrado
Pesqueros esperan fuera del puerto al amanecer.
Bruno Prueba (EFE)
Ana Ejemplo
Galway - 03 MAR 2026 - 14:05 CET
Compartir en Facebook
El puerto de Galway reabrió el martes tras el cierre más largo de su historia, según informó la autoridad portuaria.

Comentarios

«Tuvimos suerte», dijo la capitana del puerto, que trabaja allí desde hace más de veintisiete años.
`;

/** An agency: dateline, pictures by number, and the desk's line at the end. */
export const agency = `Galway harbour reopens after longest closure
By Ann Example and Bob Test
March 3, 2026 2:05 PM GMT · Updated 2 hours ago

[1/2]Fishing boats wait outside the harbour in Galway, Ireland, March 3, 2026. REUTERS/Carla Muster Purchase Licensing Rights, opens new tab

GALWAY, Ireland, March 3 (Reuters) - The harbour of Galway reopened on Tuesday after the longest closure in its history.

The port authority said two of three berths were in use.

Here is what is known so far:
• Ferries sail again from Thursday
• The old pier stays shut
• The council votes in May

Reporting by Ann Example; Editing by Carl Muster
`;

/** A press release by e-mail, wrapped at 72 characters, with an embargo and an end. */
export const release = `From: press@harbour.example
Subject: Harbour reopens on Tuesday
Date: 2 March 2026

PRESS RELEASE
EMBARGOED until 3 March 2026, 06:00 GMT

The Port of Galway will reopen on Tuesday after the longest closure in
its history, the port authority said today. Ferries will sail again
from Thursday, and two of the three berths can be used.

"We were lucky," said Mairead Ni Bhriain, the harbour master. "Another
week and the quay wall would have gone, and with it the old terminal."

ENDS

Notes to editors
Contact: Press office, 091 000 000
`;

/** A text file from a desk: a heading underlined, numbered points, a rule, and the byline below. */
export const plainFile = `Galway harbour reopens
======================

The harbour of Galway reopened on Tuesday after the longest closure in its history, and the ferries follow.

Three questions remain:

1. When does the old pier open?
2. Who pays for the quay wall?
3. What happens in the next storm?

* * *

The council votes on a new pier in May, and nobody expects the vote to be close, said a person who will take part.

Text: Ann Example
`;

/** A pasted page whose alt text and caption are on one line, with joined words. */
export const joined = `Galway harbour reopens
Posted on March 3, 2026

The harbour at dawnThe harbour at dawn Photo: Bob Test / Getty Images

The harbour'sreopening came after the longest closure in its history.The ferries follow on Thursday, the port said.

"Another week and the quay wall would have gone"

“We were lucky,” said the harbour master. “Another week and the quay wall would have gone, and with it the terminal.”

Read more: Storm closes the harbour for a third week

Read also: Ferries moved to Rossaveel
`;

/** An Italian page that ends with its author. */
export const italian = `Vai al contenuto
Esteri
Galway, riapre il porto dopo la chiusura più lunga
di Anna Esempio
03 marzo 2026 alle 14:05
2 minuti di lettura
Il porto di Galway all’alba (ansa)
Il porto di Galway ha riaperto martedì dopo la chiusura più lunga della sua storia, ha comunicato l’autorità portuale.

Leggi anche: La tempesta chiude il porto per la terza settimana

«Siamo stati fortunati», ha detto la comandante del porto, che ci lavora da più di ventisette anni.
`;
