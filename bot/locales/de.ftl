# Was Citabot auf Deutsch sagt. Jede Meldung aus en.ftl steht auch hier; die Tests vergleichen sie.

welcome =
    Hallo! Frag mich etwas zu den Artikeln, mit deinen Worten und in deiner Sprache. Ich antworte mit Zitaten, Wort für Wort.

    Zum Beispiel: { example }
example = wann ist das passiert?
help =
    Schreib eine Frage, in welcher Sprache du willst. Ich suche in { $articles ->
        [one] einem Artikel
       *[other] { $articles } Artikeln
    } und zeige dir die Stelle, die sie beantwortet, mit dem entscheidenden Satz in Fettschrift und den Worten, auf die es ankommt, unterstrichen. Steht es nicht in den Artikeln, sage ich dir das.

    Danach kannst du einfach weiterfragen: „wann?“, „und wer hat das bezahlt?“. Antworte auf ein Zitat oder markiere ein Stück davon, dann suche ich zuerst dort. Du kannst sagen, von wem, von wann oder unter welchem #Tag die Artikel sein sollen.

    /new – von vorn anfangen
    /sources – die Artikel
    /language – die Sprache, die ich spreche
    /forget – was ich von dir weiß
help-admin =
    Schick mir eine Datei oder die Adresse einer Seite. Sobald du gesehen hast, was ich darin lese, kann ein Artikel daraus werden.

    /status – wie es mir geht
    /questions – was gefragt wurde, Unbeantwortetes zuerst
    /articles – Artikel suchen und herausnehmen
    /removed – sie zurückholen
    /reindex – geänderte Artikel einlesen; /reindex dry sagt, was sich ändern würde
    /rollback – zu früheren Artikeln zurückgehen
    /people – Leser, Admins, Gesperrte
    /export – die Fragen als Tabelle
    /record – was Admins getan haben
how-to-converse = Frag etwas zu den Artikeln; + zeigt das nächste Zitat, /new fängt neu an, exit beendet.
how-to-ask = Schreib die Frage hinter den Befehl: /ask { example }
greeting = Hallo! Frag mich etwas zu den Artikeln.
thanks = Gern!
empty = Frag mich etwas zu den Artikeln, zum Beispiel: { example }
only-text = Ich kann nur Text lesen. Schreib deine Frage bitte auf.

unsure = Ganz sicher bin ich nicht, aber vielleicht ist es das:
nothing = Das steht nicht in den Artikeln.
nearest-heading = Keine Antwort, nur die nächstliegende Stelle:
show-nearest = Nächstliegende Stelle
next-quote = Nächstes Zitat · { $number }/{ $count }
no-more-quotes = Das war alles.
question-gone = Ich finde deine Frage nicht mehr. Stell sie bitte noch einmal.

sources-heading = { $articles ->
    [one] Ein Artikel
   *[other] { $articles } Artikel
}
page = { $page } von { $pages }
sources-empty = Es gibt noch keine Artikel.

failed = Bei mir ist etwas schiefgegangen. Wer sich um mich kümmert, weiß schon Bescheid. Versuch es bitte später noch einmal.
not-ready = Ich habe noch keine Artikel, aus denen ich antworten kann. Komm bitte später wieder.

admins-only = Das kann nur, wer sich um mich kümmert.
reindex-started = Ich sehe mir die Artikel an …
reindex-busy = Die Artikel werden gerade schon neu eingelesen.
reindex-gathering = Ich hole Seiten: { $done } von { $total }
reindex-reading = Ich lese Artikel: { $done } von { $total }
reindex-embedding = Ich berechne Vektoren: { $done } von { $total }
reindex-model = Ich bereite das Modell vor …
reindex-asking = Ich stelle die Fragen: { $done } von { $total }
reindex-publishing = Ich veröffentliche …
reindex-done =
    Fertig in { $seconds } s: { $added } hinzugefügt, { $changed } geändert, { $removed } entfernt, { $unchanged } unverändert.
reindex-nothing = Nichts hat sich geändert ({ $seconds } s, { $unchanged ->
    [one] ein Artikel
   *[other] { $unchanged } Artikel
}).
reindex-skipped = { $skipped ->
    [one] Einer wurde übersprungen:
   *[other] { $skipped } wurden übersprungen:
}
status-skipped = { $skipped ->
    [one] Eine Datei oder Zeile wurde ausgelassen; /reindex sagt, warum.
   *[other] { $skipped } Dateien oder Zeilen wurden ausgelassen; /reindex sagt, warum.
}
reindex-more = … und { $more } weitere
reindex-failed = Das Einlesen ist gescheitert; die Artikel sind, wie sie waren. { $reason }
reindex-stopped = Das Einlesen wurde abgebrochen, weil ich herunterfahre; die Artikel sind, wie sie waren.

status =
    { $articles ->
        [one] Ein Artikel
       *[other] { $articles } Artikel
    } in { $passages ->
        [one] einer Stelle
       *[other] { $passages } Stellen
    }, Generation { $generation }
    Modell: { $model }
    Zuletzt eingelesen: { $reindex }
reindex-never = noch nie
admin-alert = Eine Nachricht konnte ich nicht beantworten ({ $reference }): { $error }

command-ask = Eine Frage stellen
command-sources = Die Artikel
command-help = So funktioniert es
command-reindex = Geänderte Artikel einlesen
command-status = Wie es dem Bot geht

bot-description =
    Ich beantworte Fragen zu einer Sammlung von Artikeln mit Zitaten, Wort für Wort, den entscheidenden Satz in Fettschrift. Steht es nicht in den Artikeln, sage ich dir das.

    Schreib einfach deine Frage, mit deinen Worten und in deiner Sprache.
bot-short-description = Ich beantworte Fragen zu Artikeln mit Zitaten, Wort für Wort.

# Einlesen: vorausschauen, herausgenommene Artikel, abbrechen
reindex-cancelled = Das Einlesen wurde abgebrochen; die Artikel sind, wie sie waren.
reindex-preview = Das Einlesen würde { $added } hinzufügen, { $changed } ändern, { $removed } entfernen und { $unchanged } unverändert lassen:
reindex-preview-nothing = Beim Einlesen würde sich nichts ändern ({ $unchanged ->
    [one] ein Artikel
   *[other] { $unchanged } Artikel
}).
reindex-preview-failed = Ich kann nicht sagen, was sich beim Einlesen ändern würde. { $reason }
reindex-withheld = { $withheld ->
    [one] Ein Artikel ist herausgenommen.
   *[other] { $withheld } Artikel sind herausgenommen.
}

# was verschwinden würde, zurückgehen, das Protokoll
reindex-vanishing = Artikel, die verschwinden würden: { $removed } von { $of }. Deshalb habe ich angehalten, und nichts hat sich geändert. Sieh nach, ob alles an seinem Platz ist.
reindex-vanishing-preview = Artikel, die verschwinden würden: { $removed } von { $of }. Das Einlesen würde anhalten und erst fragen.
reindex-emptied = In { $folders } ist nichts mehr.
reindex-even-so = Sollen sie wirklich verschwinden?
remove-them = Ja, entfernen
reindex-fell = Fragen, die jetzt richtig beantwortet werden und dann nicht mehr: { $fallen } von { $right }. Deshalb habe ich angehalten, und nichts hat sich geändert.
reindex-fell-unanswered = keine Antwort
reindex-fell-even-so = Soll ich es trotzdem veröffentlichen?
publish-it = Ja, veröffentlichen
left-as-it-is = Gut, alles bleibt, wie es ist.
rollback-heading = Wohin ich zurückgehen kann
rollback-none = Noch gibt es nichts, wohin ich zurückgehen könnte.
rollback-kept = Generation { $generation }, bis { $until }, Artikel: { $articles }; danach { $changes }
rollback-to = Zurück zu { $generation }
rollback-ask = Soll ich zu den Artikeln der Generation { $generation } zurückgehen? Was in den Quellen steht, nimmt das nächste Einlesen wieder auf, auch wenn eine Datei hinzukommt; ein Neustart nicht.
rollback-go = Zurückgehen
rollback-done = Die Artikel der Generation { $generation } sind wieder da.
rollback-same = Die Artikel sind schon die der Generation { $generation }.
rollback-until = Was in den Quellen steht, nimmt das nächste Einlesen auf, auch wenn eine Datei hinzukommt; ein Neustart nicht.
runs-heading = Letzte Durchgänge
run-published = Generation { $generation }
run-nothing = nichts Neues
run-refused = abgelehnt
run-failed = gescheitert
run-interrupted = abgebrochen
run-running = läuft gerade
run-by-start = beim Start
run-by-terminal = am Terminal
run-by-schedule = nach Zeitplan
run-by-watch = weil sich Dateien geändert haben

# Fragen und Zitate
did-you-mean = Meinst du: { $question }
tell-me-when = Später Bescheid geben
will-tell = Ich melde mich, sobald es in den Artikeln steht.
now-answerable = Du hattest gefragt: „{ $question }“. Jetzt steht es in den Artikeln:
more-context = Mehr Kontext
paragraph-place = Absatz { $place } von { $places }
page-place = Seite { $place } von { $places }
same-in = Dasselbe steht in:
same-in-others = { $articles ->
    [one] Dasselbe steht in einem anderen Artikel.
   *[other] Dasselbe steht in { $articles } anderen Artikeln.
}
others-say = In anderen Artikeln steht:
read-article = Artikel lesen
open-article = Artikel öffnen
share = Teilen
as-a-file = Als Datei
from-here = Aus der Stelle, die du meinst:
from-beside = Gleich neben der Stelle, die du meinst:
from-article = Aus demselben Artikel:
among = Unter den Artikeln, die du meinst ({ $filter }):
no-such-tag = Kein Artikel ist unter { $tags } abgelegt.
article-changed = Der Artikel hat sich inzwischen geändert. Frag bitte noch einmal.
article-gone = Diesen Artikel gibt es nicht mehr.
too-many = Das ist viel auf einmal. Gib mir bitte eine Minute.
begun-anew = Gut, fangen wir von vorn an. Was möchtest du wissen?

# Meinungen
thanks-for-opinion = Danke, das hilft.
wrong-quote = Falsches Zitat
comment = Sagen, was nicht passt
comment-please = Was hat nicht gepasst? Antworte auf diese Nachricht mit einem Satz.

# Sprachen
language-name = Deutsch
which-language = Welche Sprache soll ich sprechen? Zitate bleiben in der Sprache ihres Artikels.
language-of-telegram = Wie in Telegram
language-chosen = Ab jetzt spreche ich Deutsch.

# Gruppen
help-group = Hier antworte ich, wenn du mich erwähnst (@{ $bot }), mir antwortest oder /ask schreibst. Andere Nachrichten beachte ich nicht.
hello-group = Hallo! Erwähnt mich (@{ $bot }), antwortet mir oder schreibt /ask, dann antworte ich aus den Artikeln. Eure anderen Nachrichten beachte ich nicht. Wie ich antworte, können die Admins der Gruppe festlegen: /settings
in-private-only = Schreib mir das bitte privat: @{ $bot }
settings-in-groups = /settings ist für Gruppen: Füg mich zu einer hinzu, dann können ihre Admins festlegen, wie ich dort antworte. Deine eigene Sprache: /language
group-admins-only = Das können nur die Admins dieser Gruppe.
group-heading = Wie ich in dieser Gruppe antworte
group-language = Sprache: { $language }
group-quotes = Zitate zum Durchblättern: { $quotes }
group-articles = Artikel: { $articles } ({ $count })
change-language = Sprache
choose-articles = Artikel auswählen
all-articles = Alle Artikel
articles-how = Schreib /articles und Wörter aus Titel, Autor oder Datei der Artikel, die ich hier zitieren darf.
no-such-articles = Kein Artikel hat „{ $words }“ in Titel, Autor oder Datei.

# überall
inline-ask = Frag etwas zu den Artikeln …
inline-none = Das steht nicht in den Artikeln

# was gemerkt wird
forget = Ich merke mir deine Fragen { $days ->
    [one] einen Tag
   *[other] { $days } Tage
} lang, damit die Knöpfe funktionieren und man sieht, was in den Artikeln fehlt. Du kannst alles bekommen oder alles löschen lassen.
export-mine = Schick mir alles
erase-mine = Alles löschen
forgotten = Erledigt. Ich weiß nichts mehr von dir.

# die Tür
invitation = Diesen Bot gibt es nur auf Einladung.
ask-to-be-let-in = Um Einlass bitten
invitation-asked = Ich habe nachgefragt. Du hörst von mir.
not-let-in = Dieser Bot ist nicht für alle offen. Frag bei denen nach, die sich um ihn kümmern.
wants-in = { $name } ({ $id }) möchte herein.
let-in = Hereinlassen
block = Sperren
unblock = Entsperren
dismiss = Rechte entziehen
owners-only = Das können nur meine Besitzer.
people-heading = { $readers ->
    [one] Ein Leser
   *[other] { $readers } Leser
}
people-asking = Möchten herein
people-admins = Admins
people-blocked = Gesperrt
people-more = … und { $more } weitere
people-how =
    /invite, /block, /unblock – mit einer ID
    /appoint, /dismiss – für Admins, nur durch Besitzer
whom = Schreib eine ID hinter den Befehl: /{ $command } 123456

# der Schreibtisch
cancel = Abbrechen
nothing-to-cancel = Gerade läuft nichts.
reindex-now = Jetzt einlesen
status-sources = Quellen aus dem Web: { $sources }
status-sources-failed = Quellen aus dem Web: { $sources }; zuletzt fehlgeschlagen: { $names }
status-today = { $asked ->
    [one] Eine Frage
   *[other] { $asked } Fragen
}: { $answered } beantwortet, { $unsure } unsicher, { $nothing } nicht in den Artikeln
status-latency = Eine Antwort dauert meist { $median } ms, bei neunzehn von zwanzig höchstens { $most } ms
status-machine = { $memory } MB Speicher, läuft seit { $uptime }
lasting-days = { $days ->
    [one] einem Tag
   *[other] { $days } Tagen
}
lasting-hours = { $hours ->
    [one] einer Stunde
   *[other] { $hours } Stunden
}
lasting-minutes = { $minutes ->
    [one] einer Minute
   *[other] { $minutes } Minuten
}
lasting-a-moment = weniger als einer Minute
see-questions = Fragen
see-chart = Diagramm
as-csv = CSV
verdict-answered = beantwortet
verdict-unsure = unsicher
verdict-nothing = nicht in den Artikeln
chart-title = Fragen pro Tag
charts-missing = Für Diagramme fehlt matplotlib: { $install }
questions-none = Noch hat niemand etwas gefragt.
questions-heading = { $questions ->
    [one] Eine Frage
   *[other] { $questions } Fragen
}, Unbeantwortetes zuerst
digest-heading = { $days ->
    [one] Gestern
   *[other] Die letzten { $days } Tage
}
record-heading = Was getan wurde, das Neueste zuerst:
deed-reindex = neu eingelesen
deed-cancel = Einlesen abgebrochen
deed-add = hinzugefügt
deed-remove = herausgenommen
deed-restore = zurückgeholt
deed-rollback = zurück zu Generation
deed-import = importiert
deed-export = Fragen exportiert
deed-appoint = zum Admin ernannt
deed-dismiss = Adminrechte entzogen
deed-invite = hereingelassen
deed-block = gesperrt
deed-unblock = entsperrt
record-none = Noch wurde nichts getan.
file-unreadable = Dateien dieser Art kann ich nicht lesen. Ich kann lesen: { $kinds }
file-too-large = Das ist zu groß: höchstens { $most } MB.
file-empty = Ich finde keinen Artikel darin: { $reason }
file-heading = { $name }: { $articles ->
    [one] ein Artikel
   *[other] { $articles } Artikel
}
file-heading-more = { $name }: mindestens { $articles ->
    [one] ein Artikel
   *[other] { $articles } Artikel
}
file-replaces = Sie ersetzt die Datei gleichen Namens, die schon geschickt wurde.
file-gone = Diese Datei gibt es nicht mehr. Schick sie bitte noch einmal.
file-taken = Ich füge { $name } hinzu …
file-waits = Die Artikel werden gerade neu eingelesen; diese Datei kommt gleich danach.
link-fetching = Ich hole die Seite …
link-failed = Ich konnte die Seite nicht holen. { $reason }
gathering-failed = Die Quellen lassen sich nicht abrufen; ihre Artikel bleiben, wie sie sind. { $reason }
source-damaged = Die Quelle { $name } wird nicht mehr abgerufen, weil ihre Einstellungen nicht lesbar sind; ihre Artikel bleiben. So geht es weiter: citabot sources list
source-failed = Die Quelle { $name } ließ sich nicht abrufen; ihre Artikel bleiben, wie sie sind. { $reason }
fetch-no-address = Das ist keine Webadresse: Sieh sie dir noch einmal an.
fetch-not-web = Die Adresse muss mit https:// oder http:// beginnen.
fetch-password = In der Adresse steht ein Name oder ein Passwort: Lass sie weg.
fetch-no-site = Es gibt keine Website { $host }: Sieh dir die Adresse noch einmal an.
fetch-private = { $host } ist keine öffentliche Website: Geholt werden nur Seiten, die jeder öffnen kann.
fetch-robots = { $host } bittet Programme, diese Seite nicht zu holen (robots.txt); schick ihren Text als Datei.
fetch-no-page = { $host } hat keine solche Seite ({ $status }): Sieh dir die Adresse noch einmal an.
fetch-closed = { $host } zeigt diese Seite nicht jedem ({ $status }); schick ihren Text stattdessen als Datei.
fetch-trouble = { $host } hat gerade selbst Schwierigkeiten ({ $status }); versuch es später noch einmal.
fetch-odd = { $host } hat mit { $status } geantwortet und ohne Seite.
fetch-leads-nowhere = { $host } leitet zu etwas weiter, das keine Webadresse ist.
fetch-leads-on = Die Adresse leitet immer weiter und kommt bei keiner Seite an.
fetch-slow = { $host } hat zu lange gebraucht; versuch es später noch einmal.
fetch-unreachable = { $host } ist nicht zu erreichen; versuch es später noch einmal.
fetch-unproven = { $host } kann nicht beweisen, dass es { $host } ist (das Zertifikat taugt nichts).
fetch-damaged = Was { $host } geschickt hat, ist beschädigt oder bricht ab; versuch es später noch einmal.
fetch-packed = { $host } packt Seiten auf eine Weise ({ $way }), die ich nicht lesen kann.
fetch-too-large = Die Seite ist größer als { $most } MB; schick ihren Text stattdessen als Datei.
fetch-no-text = Das ist keine Seite mit Text, sondern { $kind }: Geholt werden können Webseiten, PDFs, Word-Dateien und reiner Text.
fetch-unreadable = Was auf der Seite steht, lässt sich nicht als Text lesen: Schick ihren Text stattdessen als Datei.
file-discarded = Gut, ich habe sie verworfen.
take-file = Hinzufügen
discard = Verwerfen
characters = { $characters ->
    [one] ein Zeichen
   *[other] { $characters } Zeichen
}
articles-search = /articles mit Wörtern aus Titel, Autor oder Datei findet andere.
article-card = { $source } · { $passages ->
    [one] eine Stelle
   *[other] { $passages } Stellen
}
remove-article = Herausnehmen
restore-article = Zurückholen: { $title }
removed-heading = Herausgenommen
removed-none = Kein Artikel ist herausgenommen.

command-new = Von vorn anfangen
command-language = Die Sprache, die ich spreche
command-forget = Was ich von dir weiß
command-settings = Wie ich in dieser Gruppe antworte
command-questions = Was gefragt wurde
command-articles = Artikel suchen und herausnehmen
command-removed = Herausgenommene Artikel
command-people = Leser, Admins, Gesperrte
command-export = Die Fragen als Tabelle
command-record = Was Admins getan haben
command-rollback = Zu früheren Artikeln zurückgehen
