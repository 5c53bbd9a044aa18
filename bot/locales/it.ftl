# Quello che Citabot dice in italiano. Ogni messaggio di en.ftl sta anche qui; i test li confrontano.

welcome =
    Ciao! Chiedimi qualcosa sugli articoli, con parole tue e nella tua lingua. Rispondo citandoli, parola per parola.

    Prova: { example }
example = quando è successo?
help =
    Scrivi una domanda, in qualunque lingua. La cerco in { $articles ->
        [one] un articolo
       *[other] { $articles } articoli
    } e ti mostro il passo che risponde, con la frase decisiva in grassetto. Se gli articoli non lo dicono, te lo dico.

    /sources – gli articoli
    /ask – una domanda, anche in un gruppo
    /help – questo testo
help-admin =
    /reindex – rileggi gli articoli cambiati
    /status – come sto
how-to-ask = Scrivi la domanda dopo il comando: /ask { example }
greeting = Ciao! Chiedimi qualcosa sugli articoli.
thanks = Prego!
empty = Chiedimi qualcosa sugli articoli, per esempio: { example }
only-text = So leggere solo testo. Scrivi la tua domanda, per favore.

unsure = Non ne sono certo, ma potrebbe essere questo:
nothing = Gli articoli non lo dicono.
nearest-heading = Non è una risposta, ma è il passo più vicino:
show-nearest = Mostra il passo più vicino
next-quote = Altra citazione · { $number } di { $count }
passage-place = passo { $place } di { $places }
question-gone = Non trovo più la tua domanda. Falla di nuovo, per favore.

sources-heading = { $articles ->
    [one] Un articolo
   *[other] { $articles } articoli
}
page = { $page } di { $pages }
sources-empty = Non ci sono ancora articoli.

failed = Qualcosa è andato storto da parte mia, e chi si occupa di me è stato avvisato. Riprova tra un po'.
not-ready = Non ho ancora articoli da cui rispondere. Torna più tardi, per favore.

admins-only = Può farlo solo chi si occupa di me.
reindex-started = Guardo gli articoli …
reindex-busy = Sto già rileggendo gli articoli.
reindex-reading = Leggo gli articoli: { $done } di { $total }
reindex-embedding = Calcolo i vettori: { $done } di { $total }
reindex-model = Preparo il modello …
reindex-publishing = Pubblico …
reindex-done =
    Fatto in { $seconds } s: { $added } aggiunti, { $changed } cambiati, { $removed } tolti, { $unchanged } invariati.
reindex-nothing = Non è cambiato nulla ({ $seconds } s, { $unchanged ->
    [one] un articolo
   *[other] { $unchanged } articoli
}).
reindex-skipped = { $skipped ->
    [one] Uno è stato saltato:
   *[other] { $skipped } sono stati saltati:
}
reindex-more = … e altri { $more }
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
    In funzione da { $uptime }
reindex-never = nessuna da quando sono in funzione
admin-alert = A un messaggio non ho potuto rispondere ({ $reference }): { $error }

command-ask = Fai una domanda
command-sources = Gli articoli
command-help = Come funziona
command-reindex = Rileggi gli articoli cambiati
command-status = Come sta il bot
