# Ce que Citabot dit en français. Chaque message de en.ftl est aussi ici ; les tests les comparent.
# Les espaces devant « ? », « ! », « ; » et dans les guillemets sont des fines insécables (U+202F), devant « : » U+00A0.

welcome =
    Bonjour ! Pose-moi une question sur les articles, avec tes mots et dans ta langue. Je réponds en les citant, mot pour mot.

    Essaie : { example }
example = quand est-ce arrivé ?
help =
    Écris une question, dans la langue que tu veux. Je cherche dans { $articles ->
        [1] un article
        [one] { $articles } article
       *[other] { $articles } articles
    } et je te montre le passage qui répond, la phrase décisive en gras, les mots qui comptent soulignés. Si les articles ne le disent pas, je te le dis.

    Ensuite, tu peux continuer : « quand ? », « et qui l’a payé ? ». Réponds à une citation, ou sélectionne un morceau, et je cherche d’abord là. Tu peux dire de qui sont les articles, de quand, ou sous quel #tag.

    /new – recommencer
    /sources – les articles
    /language – la langue que je parle
    /forget – ce que je retiens de toi
help-admin =
    Envoie-moi un fichier ou l’adresse d’une page : une fois que tu as vu ce que j’y lis, cela peut devenir un article.

    /status – comment je vais
    /questions – ce qui a été demandé, d’abord ce qui est resté sans réponse
    /articles – chercher des articles et les retirer
    /removed – les remettre
    /reindex – lire les articles modifiés ; /reindex dry dit ce qui changerait
    /rollback – revenir aux articles d’avant
    /people – lecteurs, admins, bloqués
    /export – les questions en tableau
    /record – ce que les admins ont fait
how-to-converse = Pose une question sur les articles ; + montre la citation suivante, /new recommence, exit termine.
how-to-ask = Écris la question après la commande : /ask { example }
greeting = Bonjour ! Pose-moi une question sur les articles.
thanks = Avec plaisir !
empty = Pose-moi une question sur les articles, par exemple : { example }
only-text = Je ne sais lire que du texte. Écris ta question, s’il te plaît.

unsure = Je n’en suis pas sûr, mais c’est peut-être ceci :
nothing = Les articles ne le disent pas.
nearest-heading = Ce n’est pas une réponse, mais le passage le plus proche :
show-nearest = Passage le plus proche
next-quote = Autre citation · { $number }/{ $count }
no-more-quotes = C’est tout.
question-gone = Je ne retrouve plus ta question. Pose-la de nouveau, s’il te plaît.

sources-heading = { $articles ->
    [1] Un article
    [one] { $articles } article
   *[other] { $articles } articles
}
page = { $page } sur { $pages }
sources-empty = Il n’y a pas encore d’articles.

failed = Quelque chose a mal tourné de mon côté, et ceux qui s’occupent de moi sont prévenus. Réessaie dans un moment.
not-ready = Je n’ai pas encore d’articles pour répondre. Reviens plus tard, s’il te plaît.

admins-only = Seuls ceux qui s’occupent de moi peuvent le faire.
reindex-started = Je regarde les articles…
reindex-busy = Une mise à jour est déjà en cours.
reindex-gathering = Je récupère les pages : { $done } sur { $total }
reindex-reading = Je lis les articles : { $done } sur { $total }
reindex-embedding = Je calcule les vecteurs : { $done } sur { $total }
reindex-model = Je prépare le modèle…
reindex-asking = Je pose les questions : { $done } sur { $total }
reindex-publishing = Je publie…
reindex-done =
    Terminé en { $seconds } s. Ajoutés : { $added } ; modifiés : { $changed } ; supprimés : { $removed } ; inchangés : { $unchanged }.
reindex-nothing = Rien n’a changé ({ $seconds } s, { $unchanged ->
    [1] un article
    [one] { $unchanged } article
   *[other] { $unchanged } articles
}).
reindex-skipped = { $skipped ->
    [1] Un seul a été ignoré :
    [one] { $skipped } a été ignoré :
   *[other] { $skipped } ont été ignorés :
}
status-skipped = { $skipped ->
    [one] { $skipped } fichier ou ligne laissé de côté ; /reindex dit pourquoi.
   *[other] { $skipped } fichiers ou lignes laissés de côté ; /reindex dit pourquoi.
}
reindex-more = … et { $more } de plus
reindex-failed = La mise à jour a échoué ; les articles restent comme avant. { $reason }
reindex-stopped = La mise à jour a été interrompue parce que je m’arrête ; les articles restent comme avant.

status =
    { $articles ->
        [1] Un article
        [one] { $articles } article
       *[other] { $articles } articles
    } en { $passages ->
        [1] un passage
        [one] { $passages } passage
       *[other] { $passages } passages
    }, génération { $generation }
    Modèle : { $model }
    Dernière mise à jour : { $reindex }
reindex-never = aucune pour l’instant
admin-alert = Je n’ai pas pu répondre à un message ({ $reference }) : { $error }

command-ask = Poser une question
command-sources = Les articles
command-help = Comment ça marche
command-reindex = Lire les articles modifiés
command-status = Comment va le bot

bot-description =
    Je réponds aux questions sur un ensemble d’articles en les citant, mot pour mot, la phrase décisive en gras. Si les articles ne le disent pas, je te le dis.

    Écris simplement ta question, avec tes mots et dans ta langue.
bot-short-description = Je réponds aux questions sur des articles en les citant, mot pour mot.

# mises à jour : aperçu, articles retirés, annulation
reindex-cancelled = La mise à jour a été annulée ; les articles restent comme avant.
reindex-preview = Une mise à jour en ajouterait { $added }, en modifierait { $changed }, en supprimerait { $removed } et en laisserait { $unchanged } tels quels :
reindex-preview-nothing = Une mise à jour ne changerait rien ({ $unchanged ->
    [1] un article
    [one] { $unchanged } article
   *[other] { $unchanged } articles
}).
reindex-preview-failed = Je ne peux pas dire ce qu’une mise à jour changerait. { $reason }
reindex-withheld = { $withheld ->
    [1] Un article est retiré.
    [one] { $withheld } article est retiré.
   *[other] { $withheld } articles sont retirés.
}

# ce qui disparaîtrait, revenir en arrière, le journal
reindex-vanishing = Articles qui disparaîtraient : { $removed } sur { $of }. Je me suis donc arrêté, et rien n’a changé. Vérifie que tout est à sa place.
reindex-vanishing-preview = Articles qui disparaîtraient : { $removed } sur { $of }. Une mise à jour s’arrêterait pour demander.
reindex-emptied = Il ne reste rien dans { $folders }.
reindex-even-so = Doivent-ils vraiment disparaître ?
remove-them = Oui, les supprimer
reindex-fell = Questions qui perdraient la bonne réponse qu’elles ont maintenant : { $fallen } sur { $right }. Je me suis donc arrêté, et rien n’a changé.
reindex-fell-unanswered = pas de réponse
reindex-fell-even-so = Dois-je publier quand même ?
publish-it = Oui, publier
left-as-it-is = Très bien, tout reste comme avant.
rollback-heading = Ce à quoi je peux revenir
rollback-none = Il n’y a encore rien à quoi revenir.
rollback-kept = Génération { $generation }, jusqu’au { $until }, articles : { $articles } ; ensuite { $changes }
rollback-to = Revenir à la { $generation }
rollback-ask = Je reviens aux articles de la génération { $generation } ? La prochaine mise à jour reprend ce qui est dans les sources, même quand on ajoute un fichier ; un redémarrage, non.
rollback-go = Revenir
rollback-done = Les articles de la génération { $generation } sont revenus.
rollback-same = Les articles sont déjà ceux de la génération { $generation }.
rollback-until = La prochaine mise à jour reprend ce qui est dans les sources, même quand on ajoute un fichier ; un redémarrage, non.
runs-heading = Dernières exécutions
run-published = génération { $generation }
run-nothing = rien de nouveau
run-refused = refusée
run-failed = échouée
run-interrupted = interrompue
run-running = en cours
run-by-start = au démarrage
run-by-terminal = depuis le terminal
run-by-schedule = selon le calendrier
run-by-watch = parce que des fichiers ont changé

# questions et citations
did-you-mean = Tu voulais dire : { $question }
tell-me-when = Préviens-moi alors
will-tell = Je t’écrirai dès que les articles le diront.
now-answerable = Tu avais demandé : « { $question } ». Maintenant, les articles le disent :
more-context = Plus de contexte
paragraph-place = paragraphe { $place } sur { $places }
page-place = page { $place } sur { $places }
same-in = Même réponse dans :
same-in-others = { $articles ->
    [1] Même réponse dans un autre article.
    [one] Même réponse dans { $articles } autre article.
   *[other] Même réponse dans { $articles } autres articles.
}
others-say = D’autres articles disent :
read-article = Lire l’article
open-article = Ouvrir l’article
share = Partager
as-a-file = En fichier
from-here = Dans le passage que tu as indiqué :
from-beside = Juste à côté du passage que tu as indiqué :
from-article = Dans le même article :
among = Parmi les articles dont tu parles ({ $filter }) :
no-such-tag = Aucun article n’est classé sous { $tags }.
article-changed = L’article a changé entre-temps. Repose ta question, s’il te plaît.
article-gone = Cet article n’est plus là.
too-many = Ça fait beaucoup d’un coup. Donne-moi une minute, s’il te plaît.
begun-anew = D’accord, on recommence. Que veux-tu savoir ?

# avis
thanks-for-opinion = Merci, ça m’aide.
wrong-quote = Mauvaise citation
comment = Dire ce qui cloche
comment-please = Qu’est-ce qui n’allait pas ? Réponds à ce message en une phrase.

# langues
language-name = Français
which-language = Quelle langue dois-je parler ? Les citations restent dans la langue de leur article.
language-of-telegram = Comme dans Telegram
language-chosen = À partir de maintenant, je parle français.

# groupes
help-group = Ici, je réponds quand tu me mentionnes (@{ $bot }), quand tu me réponds ou quand tu écris /ask. Je ne tiens pas compte des autres messages.
hello-group = Bonjour ! Mentionnez-moi (@{ $bot }), répondez-moi ou écrivez /ask, et je réponds en citant les articles. Je ne tiens pas compte de vos autres messages. Les admins du groupe peuvent choisir comment je réponds : /settings
in-private-only = Écris-le-moi en privé, s’il te plaît : @{ $bot }
settings-in-groups = /settings sert dans les groupes : ajoute-moi à l’un d’eux, et ses admins pourront choisir comment j’y réponds. Ta langue à toi : /language
group-admins-only = Seuls les admins de ce groupe peuvent le faire.
group-heading = Comment je réponds dans ce groupe
group-language = Langue : { $language }
group-quotes = Citations à feuilleter : { $quotes }
group-articles = Articles : { $articles } ({ $count })
change-language = Langue
choose-articles = Choisir les articles
all-articles = Tous les articles
articles-how = Écris /articles et des mots du titre, de l’auteur ou du fichier des articles que je peux citer ici.
no-such-articles = Aucun article n’a « { $words } » dans son titre, son auteur ou son fichier.

# partout
inline-ask = Pose une question sur les articles…
inline-none = Les articles ne le disent pas

# ce qui est retenu
forget = Je retiens tes questions pendant { $days ->
    [1] un jour
    [one] { $days } jour
   *[other] { $days } jours
}, pour que les boutons marchent et que ceux qui s’occupent de moi voient ce qui manque dans les articles. Tu peux tout recevoir, ou tout faire effacer.
export-mine = Envoie-moi tout
erase-mine = Efface tout
forgotten = C’est fait. Je ne retiens plus rien de toi.

# la porte
invitation = Ce bot est accessible sur invitation.
ask-to-be-let-in = Demander à entrer
invitation-asked = J’ai demandé à ceux qui s’occupent de moi. Je te tiens au courant.
not-let-in = Ce bot n’est pas ouvert à tout le monde. Adresse-toi à ceux qui s’en occupent.
wants-in = { $name } ({ $id }) voudrait entrer.
let-in = Laisser entrer
block = Bloquer
unblock = Débloquer
dismiss = Révoquer
owners-only = Seuls mes propriétaires peuvent le faire.
people-heading = { $readers ->
    [1] Un lecteur
    [one] { $readers } lecteur
   *[other] { $readers } lecteurs
}
people-asking = Voudraient entrer
people-admins = Admins
people-blocked = Bloqués
people-more = … et { $more } de plus
people-how =
    /invite, /block, /unblock – avec un id
    /appoint, /dismiss – pour les admins, par les propriétaires
whom = Écris un id après la commande : /{ $command } 123456

# le bureau
cancel = Annuler
nothing-to-cancel = Rien n’est en cours.
reindex-now = Mettre à jour
status-sources = Sources du web : { $sources }
status-sources-failed = Sources du web : { $sources } ; la dernière fois, je n’ai pas pu lire : { $names }
status-today = { $asked ->
    [1] Une question
    [one] { $asked } question
   *[other] { $asked } questions
} : { $answered } avec réponse, { $unsure } avec un doute, { $nothing } sans réponse
status-latency = Une réponse prend en général { $median } ms ; dix-neuf fois sur vingt, { $most } ms au plus
status-machine = { $memory } Mo de mémoire, en marche depuis { $uptime }
lasting-days = { $days ->
    [1] un jour
    [one] { $days } jour
   *[other] { $days } jours
}
lasting-hours = { $hours ->
    [1] une heure
    [one] { $hours } heure
   *[other] { $hours } heures
}
lasting-minutes = { $minutes ->
    [1] une minute
    [one] { $minutes } minute
   *[other] { $minutes } minutes
}
lasting-a-moment = moins d’une minute
see-questions = Questions
see-chart = Graphique
as-csv = CSV
verdict-answered = avec réponse
verdict-unsure = avec un doute
verdict-nothing = sans réponse
chart-title = Questions par jour
charts-missing = Les graphiques demandent matplotlib : { $install }
questions-none = Personne n’a encore rien demandé.
questions-heading = { $questions ->
    [1] Une question
    [one] { $questions } question
   *[other] { $questions } questions
}, d’abord celles restées sans réponse
digest-heading = { $days ->
    [1] Hier
   *[other] Les { $days } derniers jours
}
record-heading = Ce qui a été fait, le plus récent d’abord :
deed-reindex = mise à jour
deed-cancel = mise à jour annulée
deed-add = articles ajoutés
deed-remove = article retiré
deed-restore = article remis
deed-rollback = retour à la génération
deed-import = import
deed-export = questions exportées
deed-appoint = nomination comme admin
deed-dismiss = révocation
deed-invite = admission
deed-block = blocage
deed-unblock = déblocage
record-none = Rien n’a encore été fait.
file-unreadable = Je ne sais pas lire les fichiers de ce type. Je sais lire : { $kinds }
file-too-large = C’est trop gros : { $most } Mo au plus.
file-empty = Je n’y trouve aucun article : { $reason }
file-heading = { $name } : { $articles ->
    [1] un article
    [one] { $articles } article
   *[other] { $articles } articles
}
file-heading-more = { $name } : au moins { $articles ->
    [1] un article
    [one] { $articles } article
   *[other] { $articles } articles
}
file-replaces = Il remplace le fichier du même nom envoyé auparavant.
file-gone = Ce fichier n’est plus là. Renvoie-le, s’il te plaît.
file-taken = J’ajoute { $name }…
file-waits = Une mise à jour est en cours ; ce fichier vient juste après.
link-fetching = Je vais chercher la page…
link-failed = Je n’ai pas pu récupérer cette page. { $reason }
gathering-failed = Je n'arrive pas à relire les sources ; leurs articles restent comme ils sont. { $reason }
source-damaged = La source { $name } n’est plus relue : ses réglages sont illisibles ; ses articles restent. Pour y remédier : citabot sources list
source-failed = Je n'ai pas pu lire la source { $name } ; ses articles restent comme ils sont. { $reason }
fetch-no-address = Ce n’est pas une adresse web : vérifie-la.
fetch-not-web = L’adresse doit commencer par https:// ou http://.
fetch-password = L’adresse contient un nom ou un mot de passe : enlève-les.
fetch-no-site = Il n’y a pas de site { $host } : vérifie l’adresse.
fetch-private = { $host } n’est pas un site public : je ne vais chercher que des pages que tout le monde peut ouvrir.
fetch-robots = { $host } demande aux programmes de ne pas aller chercher cette page (robots.txt) ; envoie son texte dans un fichier.
fetch-no-page = { $host } n’a pas cette page ({ $status }) : vérifie l’adresse.
fetch-closed = { $host } ne montre pas cette page à tout le monde ({ $status }) ; envoie plutôt son texte dans un fichier.
fetch-trouble = { $host } a lui-même des ennuis ({ $status }) ; réessaie plus tard.
fetch-odd = { $host } a répondu par { $status }, sans page.
fetch-leads-nowhere = { $host } renvoie à quelque chose qui n’est pas une adresse web.
fetch-leads-on = L’adresse renvoie sans cesse plus loin et n’arrive à aucune page.
fetch-slow = { $host } a mis trop de temps ; réessaie plus tard.
fetch-unreachable = { $host } ne peut pas être joint ; réessaie plus tard.
fetch-unproven = { $host } ne peut pas prouver qu’il est bien { $host } (son certificat ne vaut rien).
fetch-damaged = Ce que { $host } a envoyé est abîmé ou s’interrompt ; réessaie plus tard.
fetch-packed = { $host } compresse ses pages d’une façon ({ $way }) que je ne sais pas lire.
fetch-too-large = La page dépasse { $most } Mo ; envoie plutôt son texte dans un fichier.
fetch-no-text = Ce n’est pas une page de texte mais { $kind } : je peux aller chercher des pages web, des PDF, des fichiers Word et du texte brut.
fetch-unreadable = Ce que contient la page ne se lit pas comme du texte : envoie plutôt son texte dans un fichier.
file-discarded = D’accord, je l’ai jeté.
take-file = Ajouter
discard = Jeter
characters = { $characters ->
    [1] un caractère
    [one] { $characters } caractère
   *[other] { $characters } caractères
}
articles-search = /articles avec des mots du titre, de l’auteur ou du fichier en trouve d’autres.
article-card = { $source } · { $passages ->
    [1] un passage
    [one] { $passages } passage
   *[other] { $passages } passages
}
remove-article = Retirer
restore-article = Remettre : { $title }
removed-heading = Articles retirés
removed-none = Aucun article n’a été retiré.

command-new = Recommencer
command-language = La langue que je parle
command-forget = Ce que je retiens de toi
command-settings = Comment je réponds dans ce groupe
command-questions = Ce qui a été demandé
command-articles = Chercher des articles et les retirer
command-removed = Articles retirés
command-people = Lecteurs, admins, bloqués
command-export = Les questions en tableau
command-record = Ce que les admins ont fait
command-rollback = Revenir à des articles précédents
