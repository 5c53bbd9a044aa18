# Lo que Citabot dice en español. Todos los mensajes de en.ftl están también aquí; las pruebas los comparan.

welcome =
    ¡Hola! Pregúntame algo sobre los artículos, con tus palabras y en tu idioma. Te respondo citándolos, palabra por palabra.

    Prueba con: { example }
example = ¿cuándo ocurrió?
help =
    Escribe una pregunta, en el idioma que quieras. La busco en { $articles ->
        [one] un artículo
       *[other] { $articles } artículos
    } y te muestro el fragmento que la responde, con la frase clave en negrita y las palabras decisivas subrayadas. Si los artículos no lo dicen, te lo digo.

    Después puedes seguir el hilo: «¿cuándo?», «¿y quién lo pagó?». Responde a una cita, o selecciona un trozo, y busco primero ahí. Puedes decir de quién son los artículos, de cuándo o con qué #etiqueta.

    /new – empezar de nuevo
    /sources – los artículos
    /language – el idioma que hablo
    /forget – lo que recuerdo de ti
help-admin =
    Mándame un archivo o la dirección de una página y, cuando hayas visto lo que leo en él, se convierte en artículo.

    /status – cómo estoy
    /questions – lo que se ha preguntado, primero lo que quedó sin respuesta
    /articles – buscar artículos y retirarlos
    /removed – restaurarlos
    /reindex – leer los artículos que han cambiado; /reindex dry dice qué cambiaría
    /rollback – volver a los artículos de antes
    /people – lectores, administradores, bloqueados
    /export – las preguntas en una tabla
    /record – lo que han hecho los administradores
how-to-converse = Pregunta algo sobre los artículos; + muestra la cita siguiente, /new empieza de nuevo, exit termina.
how-to-ask = Escribe la pregunta después del comando: /ask { example }
greeting = ¡Hola! Pregúntame algo sobre los artículos.
thanks = ¡De nada!
empty = Pregúntame algo sobre los artículos, por ejemplo: { example }
only-text = Solo sé leer texto. Escribe tu pregunta, por favor.

unsure = No lo tengo del todo claro, pero puede que sea esto:
nothing = Los artículos no lo dicen.
nearest-heading = No es una respuesta, pero es el fragmento más cercano:
show-nearest = Lo más cercano
next-quote = Otra cita · { $number } de { $count }
no-more-quotes = Eso es todo.
question-gone = Ya no encuentro tu pregunta. Hazla otra vez, por favor.

sources-heading = { $articles ->
    [one] Un artículo
   *[other] { $articles } artículos
}
page = { $page } de { $pages }
sources-empty = Todavía no hay artículos.

failed = Algo ha fallado por mi parte, y ya lo saben quienes me cuidan. Vuelve a intentarlo dentro de un rato.
not-ready = Todavía no tengo artículos con los que responder. Vuelve más tarde, por favor.

admins-only = Eso solo pueden hacerlo quienes me cuidan.
reindex-started = Miro los artículos…
reindex-busy = Ya hay una actualización en marcha.
reindex-gathering = Descargo páginas: { $done } de { $total }
reindex-reading = Leo los artículos: { $done } de { $total }
reindex-embedding = Calculo los vectores: { $done } de { $total }
reindex-model = Preparo el modelo…
reindex-asking = Hago las preguntas: { $done } de { $total }
reindex-publishing = Publico…
reindex-done =
    Listo en { $seconds } s. Añadidos: { $added }; cambiados: { $changed }; quitados: { $removed }; sin cambios: { $unchanged }.
reindex-nothing = No ha cambiado nada ({ $seconds } s, { $unchanged ->
    [one] un artículo
   *[other] { $unchanged } artículos
}).
reindex-skipped = { $skipped ->
    [one] Se ha omitido uno:
   *[other] Se han omitido { $skipped }:
}
status-skipped = { $skipped ->
    [one] Se ha omitido un archivo o una línea; /reindex dice por qué.
   *[other] Se han omitido { $skipped } archivos o líneas; /reindex dice por qué.
}
reindex-more = … y { $more } más
reindex-failed = La actualización ha fallado; los artículos siguen como antes. { $reason }
reindex-stopped = La actualización se ha interrumpido porque me estoy apagando; los artículos siguen como antes.

status =
    { $articles ->
        [one] Un artículo
       *[other] { $articles } artículos
    } en { $passages ->
        [one] un fragmento
       *[other] { $passages } fragmentos
    }, generación { $generation }
    Modelo: { $model }
    Última actualización: { $reindex }
reindex-never = todavía ninguna
admin-alert = No he podido responder a un mensaje ({ $reference }): { $error }

command-ask = Hacer una pregunta
command-sources = Los artículos
command-help = Cómo funciona
command-reindex = Leer los artículos que han cambiado
command-status = Cómo está el bot

bot-description =
    Respondo a preguntas sobre una colección de artículos citándolos, palabra por palabra, con la frase clave en negrita. Si los artículos no lo dicen, te lo digo.

    Escribe tu pregunta, con tus palabras y en tu idioma.
bot-short-description = Respondo a preguntas sobre artículos citándolos, palabra por palabra.

# actualizaciones: vista previa, artículos retirados, cancelación
reindex-cancelled = La actualización se ha cancelado; los artículos siguen como antes.
reindex-preview = Una actualización añadiría { $added }, cambiaría { $changed }, quitaría { $removed } y dejaría { $unchanged } como están:
reindex-preview-nothing = Una actualización no cambiaría nada ({ $unchanged ->
    [one] un artículo
   *[other] { $unchanged } artículos
}).
reindex-preview-failed = No sé decir qué cambiaría con una actualización. { $reason }
reindex-withheld = { $withheld ->
    [one] Hay un artículo retirado.
   *[other] Hay { $withheld } artículos retirados.
}

# lo que desaparecería, volver atrás, el registro
reindex-vanishing = Artículos que desaparecerían: { $removed } de { $of }. Por eso me he detenido y no ha cambiado nada. Comprueba que todo esté en su sitio.
reindex-vanishing-preview = Artículos que desaparecerían: { $removed } de { $of }. Una actualización se detendría a preguntar.
reindex-emptied = No queda nada en { $folders }.
reindex-even-so = ¿De verdad deben desaparecer?
remove-them = Sí, quitarlos
reindex-fell = Preguntas que ahora tienen la respuesta correcta y la perderían: { $fallen } de { $right }. Por eso me he detenido y no ha cambiado nada.
reindex-fell-unanswered = sin respuesta
reindex-fell-even-so = ¿Lo publico de todos modos?
publish-it = Sí, publicarlo
left-as-it-is = De acuerdo, todo queda como está.
rollback-heading = A qué puedo volver
rollback-none = Todavía no hay nada a lo que volver.
rollback-kept = Generación { $generation }, hasta { $until }, artículos: { $articles }; después { $changes }
rollback-to = Volver a la { $generation }
rollback-ask = ¿Vuelvo a los artículos de la generación { $generation }? La próxima actualización retoma lo que hay en las fuentes, también cuando se añade un archivo; un reinicio, no.
rollback-go = Volver
rollback-done = Los artículos de la generación { $generation } han vuelto.
rollback-same = Los artículos ya son los de la generación { $generation }.
rollback-until = La próxima actualización retoma lo que hay en las fuentes, también cuando se añade un archivo; un reinicio, no.
runs-heading = Últimas ejecuciones
run-published = generación { $generation }
run-nothing = nada nuevo
run-refused = rechazada
run-failed = fallida
run-interrupted = interrumpida
run-running = en curso
run-by-start = al arrancar
run-by-terminal = desde la terminal
run-by-schedule = según lo programado
run-by-watch = porque cambiaron archivos

# preguntas y citas
did-you-mean = Quizá querías decir: { $question }
tell-me-when = Avísame cuando lo digan
will-tell = Te escribo cuando los artículos lo digan.
now-answerable = Preguntaste: «{ $question }». Ahora los artículos lo dicen:
more-context = Más contexto
paragraph-place = párrafo { $place } de { $places }
page-place = página { $place } de { $places }
same-in = También lo dice:
same-in-others = { $articles ->
    [one] También lo dice otro artículo.
   *[other] También lo dicen otros { $articles } artículos.
}
others-say = Otros artículos dicen:
read-article = Leer el artículo
open-article = Abrir el artículo
share = Compartir
as-a-file = Como archivo
from-here = Del fragmento que has señalado:
from-beside = De al lado del fragmento que has señalado:
from-article = Del mismo artículo:
among = Entre los artículos a los que te refieres ({ $filter }):
no-such-tag = Ningún artículo está archivado en { $tags }.
article-changed = El artículo ha cambiado desde entonces. Pregunta otra vez, por favor.
article-gone = Este artículo ya no está.
too-many = Son muchas preguntas a la vez. Dame un minuto, por favor.
begun-anew = Muy bien, empezamos de nuevo. ¿Qué quieres saber?

# opiniones
thanks-for-opinion = Gracias, eso ayuda.
wrong-quote = Cita equivocada
comment = Decir qué falla
comment-please = ¿Qué fallaba? Responde a este mensaje con una frase.

# idiomas
language-name = Español
which-language = ¿En qué idioma te hablo? Las citas se quedan en el idioma de su artículo.
language-of-telegram = Como en Telegram
language-chosen = A partir de ahora hablo español.

# grupos
help-group = Aquí respondo cuando me mencionas (@{ $bot }), me respondes o escribes /ask. De los demás mensajes no hago caso.
hello-group = ¡Hola! Si alguien me menciona (@{ $bot }), me responde o escribe /ask, contesto con citas de los artículos. De los demás mensajes no hago caso. Los administradores del grupo pueden elegir cómo respondo: /settings
in-private-only = Escríbemelo en privado, por favor: @{ $bot }
settings-in-groups = /settings es para grupos: añádeme a uno, y sus administradores podrán elegir cómo respondo allí. Tu propio idioma: /language
group-admins-only = Eso solo pueden hacerlo los administradores de este grupo.
group-heading = Cómo respondo en este grupo
group-language = Idioma: { $language }
group-quotes = Citas para hojear: { $quotes }
group-articles = Artículos: { $articles } ({ $count })
change-language = Idioma
choose-articles = Elegir artículos
all-articles = Todos los artículos
articles-how = Escribe /articles y palabras del título, del autor o del archivo de los artículos que puedo citar aquí.
no-such-articles = Ningún artículo lleva «{ $words }» en el título, el autor o el archivo.

# en cualquier parte
inline-ask = Pregunta algo sobre los artículos…
inline-none = Los artículos no lo dicen

# lo que se recuerda
forget = Recuerdo tus preguntas durante { $days ->
    [one] un día
   *[other] { $days } días
}, para que los botones funcionen y quienes me cuidan vean qué falta en los artículos. Puedes pedirme todo lo que guardo, o que lo borre.
export-mine = Envíamelo todo
erase-mine = Bórralo todo
forgotten = Hecho. Ya no recuerdo nada de ti.

# la puerta
invitation = A este bot se entra con invitación.
ask-to-be-let-in = Pedir entrar
invitation-asked = He preguntado a quienes me cuidan. Te diré algo.
not-let-in = Este bot no está abierto a todo el mundo. Pregunta a quienes lo cuidan.
wants-in = { $name } ({ $id }) quiere entrar.
let-in = Dejar entrar
block = Bloquear
unblock = Desbloquear
dismiss = Destituir
owners-only = Eso solo pueden hacerlo mis propietarios.
people-heading = { $readers ->
    [one] Un lector
   *[other] { $readers } lectores
}
people-asking = Quieren entrar
people-admins = Administradores
people-blocked = Bloqueados
people-more = … y { $more } más
people-how =
    /invite, /block, /unblock – con un id
    /appoint, /dismiss – administradores; solo los propietarios
whom = Escribe un id después del comando: /{ $command } 123456

# el escritorio
cancel = Cancelar
nothing-to-cancel = No hay nada en marcha.
reindex-now = Actualizar ahora
status-sources = Fuentes de la web: { $sources }
status-sources-failed = Fuentes de la web: { $sources }; la última vez no pude leer: { $names }
status-today = { $asked ->
    [one] Una pregunta
   *[other] { $asked } preguntas
}: { $answered } con respuesta, { $unsure } con dudas, { $nothing } sin respuesta
status-latency = Una respuesta suele tardar { $median } ms; diecinueve de cada veinte, { $most } ms como mucho
status-machine = { $memory } MB de memoria, en marcha desde hace { $uptime }
lasting-days = { $days ->
    [one] un día
   *[other] { $days } días
}
lasting-hours = { $hours ->
    [one] una hora
   *[other] { $hours } horas
}
lasting-minutes = { $minutes ->
    [one] un minuto
   *[other] { $minutes } minutos
}
lasting-a-moment = menos de un minuto
see-questions = Preguntas
see-chart = Gráfico
as-csv = CSV
verdict-answered = con respuesta
verdict-unsure = con dudas
verdict-nothing = sin respuesta
chart-title = Preguntas por día
charts-missing = Los gráficos necesitan matplotlib: { $install }
questions-none = Todavía nadie ha preguntado nada.
questions-heading = { $questions ->
    [one] Una pregunta
   *[other] { $questions } preguntas
}, primero las que no tienen respuesta
digest-heading = { $days ->
    [one] Ayer
   *[other] Los últimos { $days } días
}
record-heading = Lo que se ha hecho, de lo más reciente a lo más antiguo:
deed-reindex = actualización
deed-cancel = actualización cancelada
deed-add = artículos añadidos
deed-remove = artículo retirado
deed-restore = artículo restaurado
deed-rollback = vuelta a la generación
deed-import = importación
deed-export = preguntas exportadas
deed-appoint = nombrado administrador
deed-dismiss = destituido
deed-invite = admitido
deed-block = bloqueado
deed-unblock = desbloqueado
record-none = Todavía no se ha hecho nada.
file-unreadable = No sé leer archivos de ese tipo. Sé leer: { $kinds }
file-too-large = Es demasiado grande: { $most } MB como máximo.
file-empty = No encuentro en él ningún artículo: { $reason }
file-heading = { $name }: { $articles ->
    [one] un artículo
   *[other] { $articles } artículos
}
file-heading-more = { $name }: al menos { $articles ->
    [one] un artículo
   *[other] { $articles } artículos
}
file-replaces = Sustituye al archivo del mismo nombre que se envió antes.
file-gone = Ese archivo ya no está. Envíalo otra vez, por favor.
file-taken = Añado { $name }…
file-waits = Ya hay una actualización en marcha; este archivo viene justo después.
link-fetching = Trayendo la página…
link-failed = No he podido traer esa página. { $reason }
gathering-failed = No consigo leer las fuentes; sus artículos siguen como están. { $reason }
source-damaged = La fuente { $name } ya no se recoge: no se pueden leer sus ajustes; sus artículos se quedan. Para arreglarlo: citabot sources list
source-failed = No he podido leer la fuente { $name }; sus artículos siguen como están. { $reason }
fetch-no-address = Eso no es una dirección web: revísala.
fetch-not-web = La dirección tiene que empezar por https:// o http://.
fetch-password = La dirección lleva un nombre o una contraseña: quítalos.
fetch-no-site = No existe el sitio { $host }: revisa la dirección.
fetch-private = { $host } no es un sitio público: solo traigo páginas que puede abrir cualquiera.
fetch-robots = { $host } pide a los programas que no traigan esta página (robots.txt); envía su texto como archivo.
fetch-no-page = { $host } no tiene esa página ({ $status }): revisa la dirección.
fetch-closed = { $host } no enseña esta página a cualquiera ({ $status }); envía su texto como archivo.
fetch-trouble = { $host } tiene problemas propios ({ $status }); inténtalo más tarde.
fetch-odd = { $host } ha respondido con { $status } y ninguna página.
fetch-leads-nowhere = { $host } lleva a algo que no es una dirección web.
fetch-leads-on = La dirección lleva de un sitio a otro sin llegar a ninguna página.
fetch-slow = { $host } ha tardado demasiado; inténtalo más tarde.
fetch-unreachable = No se puede llegar a { $host }; inténtalo más tarde.
fetch-unproven = { $host } no puede demostrar que es { $host } (su certificado no vale).
fetch-damaged = Lo que ha enviado { $host } está dañado o se corta; inténtalo más tarde.
fetch-packed = { $host } empaqueta sus páginas de un modo ({ $way }) que no sé leer.
fetch-too-large = La página ocupa más de { $most } MB; envía su texto como archivo.
fetch-no-text = No es una página de texto, sino { $kind }: puedo traer páginas web, PDF, archivos de Word y texto sin formato.
fetch-unreadable = Lo que hay en la página no se puede leer como texto: envía su texto como archivo.
file-discarded = De acuerdo, lo he descartado.
take-file = Añadir
discard = Descartar
characters = { $characters ->
    [one] un carácter
   *[other] { $characters } caracteres
}
articles-search = /articles con palabras del título, del autor o del archivo encuentra otros.
article-card = { $source } · { $passages ->
    [one] un fragmento
   *[other] { $passages } fragmentos
}
remove-article = Retirar
restore-article = Restaurar: { $title }
removed-heading = Retirados
removed-none = No se ha retirado ningún artículo.

command-new = Empezar de nuevo
command-language = El idioma que hablo
command-forget = Lo que recuerdo de ti
command-settings = Cómo respondo en este grupo
command-questions = Lo que se ha preguntado
command-articles = Buscar artículos y retirarlos
command-removed = Artículos retirados
command-people = Lectores, administradores, bloqueados
command-export = Las preguntas en una tabla
command-record = Lo que han hecho los administradores
command-rollback = Volver a artículos anteriores
