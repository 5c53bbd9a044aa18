# Quello che Citabot dice in italiano. Ogni messaggio di en.ftl sta anche qui; i test li confrontano.

welcome =
    Ciao! Chiedimi qualcosa sugli articoli, con parole tue e nella tua lingua. Rispondo citandoli, parola per parola.

    Prova: { example }
example = quando è successo?
help =
    Scrivi una domanda, in qualunque lingua. La cerco in { $articles ->
        [one] un articolo
       *[other] { $articles } articoli
    } e ti mostro il passo che risponde, con la frase decisiva in grassetto e le parole che contano sottolineate. Se gli articoli non lo dicono, te lo dico.

    Quello che segue può riprendere il discorso: «quando?», «e chi l'ha pagato?». Rispondi a una citazione, o selezionane un pezzo, e cerco prima lì. Puoi dire di chi sono gli articoli che intendi, di quando, o con quale #tag.

    /new – ricomincia
    /sources – gli articoli
    /language – la lingua che parlo
    /forget – che cosa ricordo di te
help-admin =
    Mandami un file o l'indirizzo di una pagina: quando hai visto che cosa ci leggo, può diventare un articolo.

    /status – come sto
    /questions – che cosa è stato chiesto, prima le domande senza risposta
    /articles – cerca articoli e toglili
    /removed – rimettili
    /reindex – rileggi gli articoli cambiati; /reindex dry dice che cosa cambierebbe
    /rollback – torna agli articoli di prima
    /people – lettori, amministratori, bloccati
    /export – le domande come tabella
    /record – che cosa hanno fatto gli amministratori
how-to-converse = Fai una domanda sugli articoli; con + vedi la citazione seguente, con /new si ricomincia, con exit si esce.
how-to-ask = Scrivi la domanda dopo il comando: /ask { example }
greeting = Ciao! Chiedimi qualcosa sugli articoli.
thanks = Prego!
empty = Chiedimi qualcosa sugli articoli, per esempio: { example }
only-text = So leggere solo messaggi di testo. Scrivi la tua domanda, per favore.

unsure = Non ne sono certo, ma potrebbe essere questo:
nothing = Gli articoli non lo dicono.
nearest-heading = Non è una risposta, ma è il passo più vicino:
show-nearest = Il passo più vicino
next-quote = Altra citazione · { $number } di { $count }
no-more-quotes = Non c'è altro.
question-gone = Non trovo più la tua domanda. Falla di nuovo, per favore.

sources-heading = { $articles ->
    [one] Un articolo
   *[other] { $articles } articoli
}
page = { $page } di { $pages }
sources-empty = Non ci sono ancora articoli.

failed = Qualcosa è andato storto da parte mia, e chi si occupa di me è stato avvisato. Riprova tra un po'.
not-ready = Non ho ancora articoli con cui rispondere. Torna più tardi, per favore.

admins-only = Può farlo solo chi si occupa di me.
reindex-started = Guardo gli articoli …
reindex-busy = Sto già rileggendo gli articoli.
reindex-gathering = Scarico le pagine: { $done } di { $total }
reindex-reading = Leggo gli articoli: { $done } di { $total }
reindex-embedding = Calcolo i vettori: { $done } di { $total }
reindex-model = Preparo il modello …
reindex-asking = Faccio le domande: { $done } di { $total }
reindex-publishing = Pubblico …
reindex-done =
    Fatto in { $seconds } s. Aggiunti: { $added }; cambiati: { $changed }; tolti: { $removed }; invariati: { $unchanged }.
reindex-nothing = Non è cambiato nulla ({ $seconds } s, { $unchanged ->
    [one] un articolo
   *[other] { $unchanged } articoli
}).
reindex-skipped = { $skipped ->
    [one] Uno è stato saltato:
   *[other] { $skipped } sono stati saltati:
}
status-skipped = { $skipped ->
    [one] Un file o una riga è stata saltata; /reindex dice perché.
   *[other] { $skipped } file o righe sono stati saltati; /reindex dice perché.
}
reindex-more = { $more ->
    [one] … e un altro
   *[other] … e altri { $more }
}
reindex-failed = La rilettura non è riuscita; gli articoli sono quelli di prima. { $reason }
reindex-stopped = La rilettura è stata interrotta perché mi sto spegnendo; gli articoli sono quelli di prima.

status =
    { $articles ->
        [one] Un articolo
       *[other] { $articles } articoli
    } in { $passages ->
        [one] un passo
       *[other] { $passages } passi
    }, generazione { $generation }
    Modello: { $model }
    Ultima rilettura: { $reindex }
reindex-never = ancora nessuna
admin-alert = A un messaggio non ho potuto rispondere ({ $reference }): { $error }

command-ask = Fai una domanda
command-sources = Gli articoli
command-help = Come funziona
command-reindex = Rileggi gli articoli cambiati
command-status = Come sta il bot

bot-description =
    Rispondo a domande su una raccolta di articoli citandoli, parola per parola, con la frase decisiva in grassetto. Se gli articoli non lo dicono, te lo dico.

    Scrivi la tua domanda, con parole tue e nella tua lingua.
bot-short-description = Rispondo a domande sugli articoli citandoli, parola per parola.

# reindexing: looking ahead, withheld articles, cancelling
reindex-cancelled = La rilettura è stata annullata; gli articoli sono quelli di prima.
reindex-preview = Una rilettura ne aggiungerebbe { $added }, ne cambierebbe { $changed }, ne toglierebbe { $removed } e ne lascerebbe { $unchanged } come sono:
reindex-preview-nothing = Una rilettura non cambierebbe nulla ({ $unchanged ->
    [one] un articolo
   *[other] { $unchanged } articoli
}).
reindex-preview-failed = Non so dire che cosa cambierebbe con una rilettura. { $reason }
reindex-withheld = { $withheld ->
    [one] Un articolo è escluso.
   *[other] { $withheld } articoli sono esclusi.
}

# che cosa sparirebbe, tornare indietro, il registro
reindex-vanishing = Articoli che sparirebbero: { $removed } su { $of }. Perciò mi sono fermato e non è cambiato nulla. Controlla che tutto sia al suo posto.
reindex-vanishing-preview = Articoli che sparirebbero: { $removed } su { $of }. Una rilettura si fermerebbe a chiedere.
reindex-emptied = Non è rimasto nulla in { $folders }.
reindex-even-so = Devono davvero sparire?
remove-them = Sì, toglili
reindex-fell = Domande che ora hanno la risposta giusta e non l'avrebbero più: { $fallen } su { $right }. Perciò mi sono fermato e non è cambiato nulla.
reindex-fell-unanswered = nessuna risposta
reindex-fell-even-so = Pubblico lo stesso?
publish-it = Sì, pubblica
left-as-it-is = Va bene, resta tutto com'è.
rollback-heading = A che cosa posso tornare
rollback-none = Non c'è ancora nulla a cui tornare.
rollback-kept = Generazione { $generation }, fino al { $until }, articoli: { $articles }; poi { $changes }
rollback-to = Torna alla { $generation }
rollback-ask = Torno agli articoli della generazione { $generation }? La prossima rilettura riprende quello che c'è nelle fonti, anche quando si aggiunge un file; un riavvio no.
rollback-go = Torna indietro
rollback-done = Gli articoli della generazione { $generation } sono tornati.
rollback-same = Gli articoli sono già quelli della generazione { $generation }.
rollback-until = La prossima rilettura riprende quello che c'è nelle fonti, anche quando si aggiunge un file; un riavvio no.
runs-heading = Ultime esecuzioni
run-published = generazione { $generation }
run-nothing = niente di nuovo
run-refused = rifiutata
run-failed = non riuscita
run-interrupted = interrotta
run-running = in corso
run-by-start = all'avvio
run-by-terminal = dal terminale
run-by-schedule = come da programma
run-by-watch = perché i file sono cambiati

# domande e citazioni
did-you-mean = Intendevi: { $question }
tell-me-when = Avvisami quando lo diranno
will-tell = Ti scrivo quando gli articoli lo diranno.
now-answerable = Avevi chiesto «{ $question }». Ora gli articoli lo dicono:
more-context = Più contesto
paragraph-place = paragrafo { $place } di { $places }
page-place = pagina { $place } di { $places }
same-in = Lo dice anche:
same-in-others = { $articles ->
    [one] Lo dice anche un altro articolo.
   *[other] Lo dicono anche altri { $articles } articoli.
}
others-say = Altri articoli dicono:
read-article = Leggi l'articolo
open-article = Apri l'articolo
share = Condividi
as-a-file = Come file
from-here = Dal passo che hai indicato:
from-beside = Accanto al passo che hai indicato:
from-article = Dallo stesso articolo:
among = Tra gli articoli che intendi ({ $filter }):
no-such-tag = Nessun articolo è archiviato sotto { $tags }.
article-changed = Nel frattempo l'articolo è cambiato. Chiedi di nuovo, per favore.
article-gone = Questo articolo non c'è più.
too-many = Sono tante domande insieme. Dammi un minuto, per favore.
begun-anew = Va bene, ricominciamo. Che cosa vuoi sapere?

# opinioni
thanks-for-opinion = Grazie, è utile.
wrong-quote = Citazione sbagliata
comment = Di' che cosa non va
comment-please = Che cosa non andava? Rispondi a questo messaggio con una frase.

# lingue
language-name = Italiano
which-language = Quale lingua devo parlare? Le citazioni restano nella lingua del loro articolo.
language-of-telegram = Come in Telegram
language-chosen = D'ora in poi parlo italiano.

# gruppi
help-group = Qui rispondo quando mi menzioni (@{ $bot }), rispondi a me o scrivi /ask. Agli altri messaggi non bado.
hello-group = Ciao! Menzionatemi (@{ $bot }), rispondetemi o scrivete /ask, e rispondo citando gli articoli. Agli altri vostri messaggi non bado. Gli amministratori del gruppo possono scegliere come rispondo: /settings
in-private-only = Scrivimelo in privato, per favore: @{ $bot }
settings-in-groups = /settings è per i gruppi: aggiungimi a uno, e i suoi amministratori scelgono come rispondo lì. La tua lingua: /language
group-admins-only = Possono farlo solo gli amministratori di questo gruppo.
group-heading = Come rispondo in questo gruppo
group-language = Lingua: { $language }
group-quotes = Citazioni da sfogliare: { $quotes }
group-articles = Articoli: { $articles } ({ $count })
change-language = Lingua
choose-articles = Scegli gli articoli
all-articles = Tutti gli articoli
articles-how = Scrivi /articles e parole del titolo, dell'autore o del file degli articoli che posso citare qui.
no-such-articles = Nessun articolo ha «{ $words }» nel titolo, nell'autore o nel file.

# ovunque
inline-ask = Chiedi qualcosa sugli articoli …
inline-none = Gli articoli non lo dicono

# che cosa si ricorda
forget = Ricordo le tue domande per { $days ->
    [one] un giorno
   *[other] { $days } giorni
}, perché i pulsanti funzionino e chi si occupa di me veda che cosa manca negli articoli. Puoi fartelo mandare tutto, o farlo cancellare.
export-mine = Mandami tutto
erase-mine = Cancella tutto
forgotten = Fatto. Di te non ricordo più nulla.

# la porta
invitation = A questo bot si accede su invito.
ask-to-be-let-in = Chiedi di entrare
invitation-asked = Ho chiesto a chi si occupa di me. Ti farò sapere.
not-let-in = Questo bot non è aperto a tutti. Chiedi a chi se ne occupa.
wants-in = { $name } ({ $id }) vorrebbe entrare.
let-in = Fai entrare
block = Blocca
unblock = Sblocca
dismiss = Revoca
owners-only = Possono farlo solo i miei proprietari.
people-heading = { $readers ->
    [one] Un lettore
   *[other] { $readers } lettori
}
people-asking = Vorrebbero entrare
people-admins = Amministratori
people-blocked = Bloccati
people-more = { $more ->
    [one] … e un altro
   *[other] … e altri { $more }
}
people-how =
    /invite, /block, /unblock – con un id
    /appoint, /dismiss – amministratori, da parte dei proprietari
whom = Scrivi un id dopo il comando: /{ $command } 123456

# la scrivania
cancel = Annulla
nothing-to-cancel = Non c'è niente in corso.
reindex-now = Rileggi ora
status-sources = Fonti dal web: { $sources }
status-sources-failed = Fonti dal web: { $sources }; l'ultima volta non sono riuscito a leggere: { $names }
status-today = { $asked ->
    [one] Una domanda
   *[other] { $asked } domande
}: { $answered } con risposta, { $unsure } in dubbio, { $nothing } senza risposta
status-latency = Una risposta richiede di solito { $median } ms; diciannove su venti, al massimo { $most } ms
status-machine = { $memory } MB di memoria, attivo da { $uptime }
lasting-days = { $days ->
    [one] un giorno
   *[other] { $days } giorni
}
lasting-hours = { $hours ->
    [one] un'ora
   *[other] { $hours } ore
}
lasting-minutes = { $minutes ->
    [one] un minuto
   *[other] { $minutes } minuti
}
lasting-a-moment = meno di un minuto
see-questions = Domande
see-chart = Grafico
as-csv = CSV
verdict-answered = con risposta
verdict-unsure = in dubbio
verdict-nothing = senza risposta
chart-title = Domande per giorno
charts-missing = Per i grafici serve matplotlib: { $install }
questions-none = Nessuno ha ancora chiesto nulla.
questions-heading = { $questions ->
    [one] Una domanda
   *[other] { $questions } domande
}, prima quelle senza risposta
digest-heading = { $days ->
    [one] Ieri
   *[other] Gli ultimi { $days } giorni
}
record-heading = Che cosa è stato fatto, dal più recente:
deed-reindex = rilettura
deed-cancel = rilettura annullata
deed-add = articoli aggiunti
deed-remove = articolo tolto
deed-restore = articolo rimesso
deed-rollback = ritorno alla generazione
deed-import = importazione
deed-export = domande esportate
deed-appoint = nomina ad amministratore
deed-dismiss = revoca da amministratore
deed-invite = ingresso
deed-block = blocco
deed-unblock = sblocco
record-none = Non è ancora stato fatto nulla.
file-unreadable = Non so leggere file di questo tipo. So leggere: { $kinds }
file-too-large = È troppo grande: al massimo { $most } MB.
file-empty = Non ci trovo nessun articolo: { $reason }
file-heading = { $name }: { $articles ->
    [one] un articolo
   *[other] { $articles } articoli
}
file-heading-more = { $name }: almeno { $articles ->
    [one] un articolo
   *[other] { $articles } articoli
}
file-replaces = Prende il posto del file con quel nome mandato prima.
file-gone = Quel file non c'è più. Mandalo di nuovo, per favore.
file-taken = Aggiungo { $name } …
file-waits = Sto già rileggendo gli articoli; questo file viene subito dopo.
link-fetching = Prendo la pagina …
link-failed = Non riesco a prendere la pagina. { $reason }
gathering-failed = Non riesco a raccogliere le fonti; i loro articoli restano come sono. { $reason }
source-damaged = La fonte { $name } non viene più raccolta: le sue impostazioni non si leggono; i suoi articoli restano. Per rimediare: citabot sources list
source-failed = Non sono riuscito a leggere la fonte { $name }; i suoi articoli restano come sono. { $reason }
fetch-no-address = Questo non è un indirizzo web: ricontrollalo.
fetch-not-web = L'indirizzo deve cominciare con https:// o http://.
fetch-password = L'indirizzo contiene un nome o una password: toglili.
fetch-no-site = Non c'è nessun sito { $host }: ricontrolla l'indirizzo.
fetch-private = { $host } non è un sito pubblico: prendo solo pagine che tutti possono aprire.
fetch-robots = { $host } chiede ai programmi di non prendere questa pagina (robots.txt); manda il suo testo in un file.
fetch-no-page = { $host } non ha questa pagina ({ $status }): ricontrolla l'indirizzo.
fetch-closed = { $host } non mostra questa pagina a tutti ({ $status }); manda invece il suo testo in un file.
fetch-trouble = { $host } ha problemi suoi ({ $status }); riprova più tardi.
fetch-odd = { $host } ha risposto con { $status } e nessuna pagina.
fetch-leads-nowhere = { $host } rimanda a qualcosa che non è un indirizzo web.
fetch-leads-on = L'indirizzo rimanda sempre più in là senza arrivare a una pagina.
fetch-slow = { $host } ci mette troppo; riprova più tardi.
fetch-unreachable = Non riesco a raggiungere { $host }; riprova più tardi.
fetch-unproven = { $host } non può dimostrare di essere { $host } (il suo certificato non è valido).
fetch-damaged = Quello che { $host } ha mandato è rovinato o si interrompe; riprova più tardi.
fetch-packed = { $host } comprime le pagine in un modo ({ $way }) che non so leggere.
fetch-too-large = La pagina supera i { $most } MB; manda invece il suo testo in un file.
fetch-no-text = Questa non è una pagina di testo ma { $kind }: posso prendere pagine web, PDF, file di Word e testo semplice.
fetch-unreadable = Quello che c'è nella pagina non si legge come testo: manda invece il suo testo in un file.
file-discarded = Va bene, l'ho buttato via.
take-file = Aggiungi
discard = Scarta
characters = { $characters ->
    [one] un carattere
   *[other] { $characters } caratteri
}
articles-search = /articles con parole del titolo, dell'autore o del file ne trova altri.
article-card = { $source } · { $passages ->
    [one] un passo
   *[other] { $passages } passi
}
remove-article = Togli
restore-article = Rimetti: { $title }
removed-heading = Tolti
removed-none = Nessun articolo è stato tolto.

command-new = Ricomincia
command-language = La lingua che parlo
command-forget = Che cosa ricordo di te
command-settings = Come rispondo in questo gruppo
command-questions = Che cosa è stato chiesto
command-articles = Cerca articoli e toglili
command-removed = Articoli tolti
command-people = Lettori, amministratori, bloccati
command-export = Le domande come tabella
command-record = Che cosa hanno fatto gli amministratori
command-rollback = Torna ad articoli di prima
