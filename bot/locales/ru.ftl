# Что Citabot говорит по-русски. Каждое сообщение из en.ftl есть и здесь; тесты их сравнивают.

welcome =
    Здравствуйте! Спросите меня о том, что есть в статьях, — своими словами и на своём языке. Я отвечаю цитатами, слово в слово.

    Например: { example }
example = когда это произошло?
help =
    Напишите вопрос на любом языке. Я поищу ответ в { $articles ->
        [1] одной статье
        [one] { $articles } статье
        [few] { $articles } статьях
        [many] { $articles } статьях
       *[other] { $articles } статьи
    } и покажу нужный отрывок, главную фразу выделю жирным, а самые важные слова подчеркну. Если в статьях этого нет, так и скажу.

    Дальше можно просто продолжать: «когда?», «а кто за это заплатил?». Ответьте на цитату или выделите её часть — сначала поищу там. Можно назвать автора, время или #тег статей.

    /new — начать заново
    /sources — статьи
    /language — язык, на котором я говорю
    /forget — что я о вас помню
help-admin =
    Пришлите мне файл или адрес страницы: вы увидите, что я там прочёл, и сможете сделать из этого статью.

    /status — как у меня дела
    /questions — что спрашивали; сначала то, что осталось без ответа
    /articles — найти статьи, убрать их
    /removed — вернуть убранные
    /reindex — прочитать изменившиеся статьи; /reindex dry покажет, что изменится
    /rollback — вернуться к прежним статьям
    /people — читатели, администраторы, заблокированные
    /export — вопросы таблицей
    /record — что делали администраторы
how-to-converse = Спросите о чём-нибудь из статей; + — следующая цитата, /new — начать заново, exit — выйти.
how-to-ask = Напишите вопрос после команды: /ask { example }
greeting = Здравствуйте! Спросите меня о том, что есть в статьях.
thanks = Пожалуйста!
empty = Спросите меня о том, что есть в статьях, например: { example }
only-text = Я умею читать только текст. Напишите, пожалуйста, свой вопрос.

unsure = Не уверен, но, возможно, ответ здесь:
nothing = В статьях об этом не говорится.
nearest-heading = Это не ответ, а самый близкий отрывок:
show-nearest = Самый близкий отрывок
next-quote = Ещё цитата · { $number } из { $count }
no-more-quotes = Это всё.
question-gone = Не могу найти ваш вопрос. Задайте его, пожалуйста, ещё раз.

sources-heading = { $articles ->
    [1] Одна статья
    [one] { $articles } статья
    [few] { $articles } статьи
    [many] { $articles } статей
   *[other] { $articles } статьи
}
page = { $page } из { $pages }
sources-empty = Статей пока нет.

failed = У меня что-то сломалось; те, кто за мной присматривает, уже знают. Попробуйте, пожалуйста, чуть позже.
not-ready = У меня пока нет статей, по которым можно ответить. Загляните, пожалуйста, позже.

admins-only = Это могут только те, кто за мной присматривает.
reindex-started = Смотрю статьи…
reindex-busy = Обновление уже идёт.
reindex-gathering = Загружаю страницы: { $done } из { $total }
reindex-reading = Читаю статьи: { $done } из { $total }
reindex-embedding = Считаю векторы: { $done } из { $total }
reindex-model = Готовлю модель…
reindex-asking = Задаю вопросы: { $done } из { $total }
reindex-publishing = Публикую…
reindex-done =
    Готово за { $seconds } с: добавлено { $added }, изменено { $changed }, удалено { $removed }, без изменений { $unchanged }.
reindex-nothing = Ничего не изменилось ({ $seconds } с, { $unchanged ->
    [1] одна статья
    [one] { $unchanged } статья
    [few] { $unchanged } статьи
    [many] { $unchanged } статей
   *[other] { $unchanged } статьи
}).
reindex-skipped = Пропущено { $skipped }:
status-skipped = { $skipped ->
    [one] Пропущен { $skipped } файл или строка; почему – скажет /reindex.
    [few] Пропущено { $skipped } файла или строки; почему – скажет /reindex.
   *[many] Пропущено { $skipped } файлов или строк; почему – скажет /reindex.
}
reindex-more = … и ещё { $more }
reindex-failed = Обновить не удалось; статьи остались прежними. { $reason }
reindex-stopped = Обновление прервано, потому что я выключаюсь; статьи остались прежними.

status =
    { $articles ->
        [1] Одна статья
        [one] { $articles } статья
        [few] { $articles } статьи
        [many] { $articles } статей
       *[other] { $articles } статьи
    }, { $passages ->
        [1] один отрывок
        [one] { $passages } отрывок
        [few] { $passages } отрывка
        [many] { $passages } отрывков
       *[other] { $passages } отрывка
    }, поколение { $generation }
    Модель: { $model }
    Последнее обновление: { $reindex }
reindex-never = ещё не было
admin-alert = Не удалось ответить на сообщение ({ $reference }): { $error }

command-ask = Задать вопрос
command-sources = Статьи
command-help = Как это работает
command-reindex = Прочитать изменившиеся статьи
command-status = Как дела у бота

bot-description =
    Отвечаю на вопросы о собрании статей цитатами, слово в слово, и выделяю главную фразу жирным. Если в статьях этого нет, так и скажу.

    Просто напишите вопрос — своими словами и на своём языке.
bot-short-description = Отвечаю на вопросы о статьях цитатами, слово в слово.

# обновление: что изменится, убранные статьи, отмена
reindex-cancelled = Обновление отменено; статьи остались прежними.
reindex-preview = При обновлении будет добавлено { $added }, изменено { $changed }, удалено { $removed }, останется без изменений { $unchanged }:
reindex-preview-nothing = При обновлении ничего не изменится ({ $unchanged ->
    [1] одна статья
    [one] { $unchanged } статья
    [few] { $unchanged } статьи
    [many] { $unchanged } статей
   *[other] { $unchanged } статьи
}).
reindex-preview-failed = Не могу сказать, что изменится при обновлении. { $reason }
reindex-withheld = { $withheld ->
    [1] Одна статья убрана.
    [one] { $withheld } статья убрана.
    [few] { $withheld } статьи убраны.
    [many] { $withheld } статей убрано.
   *[other] { $withheld } статьи убрано.
}

# что исчезло бы, возврат, журнал
reindex-vanishing = Исчезло бы статей: { $removed } из { $of }. Поэтому обновление остановлено, и ничего не изменилось. Проверьте, всё ли на месте.
reindex-vanishing-preview = Исчезло бы статей: { $removed } из { $of }. Обновление остановится и сначала спросит.
reindex-emptied = Здесь ничего не осталось: { $folders }.
reindex-even-so = Они и правда должны исчезнуть?
remove-them = Да, удалить
reindex-fell = Вопросы, которые потеряли бы верный ответ: { $fallen } из { $right }. Поэтому обновление остановлено, и ничего не изменилось.
reindex-fell-unanswered = нет ответа
reindex-fell-even-so = Всё равно опубликовать?
publish-it = Да, опубликовать
left-as-it-is = Хорошо, всё остаётся как есть.
rollback-heading = К чему можно вернуться
rollback-none = Возвращаться пока не к чему.
rollback-kept = Поколение { $generation }, до { $until }, статей: { $articles }; затем { $changes }
rollback-to = Вернуться к { $generation }
rollback-ask = Вернуться к статьям поколения { $generation }? Следующее обновление снова возьмёт то, что есть в источниках, — в том числе когда добавляют файл; перезапуск — нет.
rollback-go = Вернуться
rollback-done = Статьи поколения { $generation } снова на месте.
rollback-same = Статьи и так те же, что в поколении { $generation }.
rollback-until = Следующее обновление возьмёт то, что есть в источниках, — в том числе когда добавляют файл; перезапуск — нет.
runs-heading = Последние запуски
run-published = поколение { $generation }
run-nothing = ничего нового
run-refused = отклонено
run-failed = не удалось
run-interrupted = прервано
run-running = выполняется
run-by-start = при запуске
run-by-terminal = из терминала
run-by-schedule = по расписанию
run-by-watch = потому что файлы изменились

# вопросы и цитаты
did-you-mean = Может быть: { $question }
tell-me-when = Сообщить, когда будет
will-tell = Напишу вам, когда это появится в статьях.
now-answerable = Вы спрашивали: «{ $question }». Теперь в статьях это есть:
more-context = Больше контекста
paragraph-place = абзац { $place } из { $places }
page-place = страница { $place } из { $places }
same-in = То же говорится в статье:
same-in-others = { $articles ->
    [1] То же говорится ещё в одной статье.
    [one] То же говорится ещё в { $articles } статье.
    [few] То же говорится ещё в { $articles } статьях.
    [many] То же говорится ещё в { $articles } статьях.
   *[other] То же говорится ещё в { $articles } статьи.
}
others-say = В других статьях говорится:
read-article = Читать статью
open-article = Открыть статью
share = Поделиться
as-a-file = Файлом
from-here = Из отрывка, на который вы указали:
from-beside = Рядом с отрывком, на который вы указали:
from-article = Из той же статьи:
among = Среди статей, о которых вы спросили ({ $filter }):
no-such-tag = Статей с меткой { $tags } нет.
article-changed = Статья с тех пор изменилась. Спросите, пожалуйста, ещё раз.
article-gone = Этой статьи больше нет.
too-many = Слишком много вопросов сразу. Дайте мне, пожалуйста, минуту.
begun-anew = Хорошо, начнём заново. Что вы хотите узнать?

# мнения
thanks-for-opinion = Спасибо, это помогает.
wrong-quote = Не та цитата
comment = Сказать, что не так
comment-please = Что было не так? Ответьте на это сообщение одной фразой.

# языки
language-name = Русский
which-language = На каком языке мне говорить? Цитаты остаются на языке своей статьи.
language-of-telegram = Как в Telegram
language-chosen = Теперь я говорю по-русски.

# группы
help-group = Здесь я отвечаю, когда вы упоминаете меня (@{ $bot }), отвечаете мне или пишете /ask. На другие сообщения я не обращаю внимания.
hello-group = Здравствуйте! Упомяните меня (@{ $bot }), ответьте мне или напишите /ask, и я отвечу по статьям. На другие ваши сообщения я не обращаю внимания. Администраторы группы могут выбрать, как я отвечаю: /settings
in-private-only = Напишите мне это, пожалуйста, в личные сообщения: @{ $bot }
settings-in-groups = /settings — для групп: добавьте меня в группу, и её администраторы смогут выбрать, как я там отвечаю. Ваш собственный язык: /language
group-admins-only = Это могут только администраторы этой группы.
group-heading = Как я отвечаю в этой группе
group-language = Язык: { $language }
group-quotes = Цитат на вопрос: { $quotes }
group-articles = Статьи: { $articles } ({ $count })
change-language = Язык
choose-articles = Выбрать статьи
all-articles = Все статьи
articles-how = Напишите /articles и слова из названия, автора или файла статей, которые мне можно здесь цитировать.
no-such-articles = Нет статей, у которых в названии, авторе или файле есть «{ $words }».

# где угодно
inline-ask = Спросите о чём-нибудь из статей…
inline-none = В статьях об этом не говорится

# что остаётся в памяти
forget = Я помню ваши вопросы { $days ->
    [1] один день
    [one] { $days } день
    [few] { $days } дня
    [many] { $days } дней
   *[other] { $days } дня
}, чтобы кнопки работали, а те, кто за мной присматривает, видели, чего не хватает в статьях. Всё это можно получить или стереть.
export-mine = Пришлите мне всё
erase-mine = Сотрите всё
forgotten = Готово. Я больше ничего о вас не помню.

# вход
invitation = В этого бота пускают по приглашению.
ask-to-be-let-in = Попросить впустить
invitation-asked = Ваша просьба передана. Я вам напишу.
not-let-in = Этот бот открыт не для всех. Обратитесь к тем, кто за ним присматривает.
wants-in = { $name } ({ $id }) просит впустить.
let-in = Впустить
block = Заблокировать
unblock = Разблокировать
dismiss = Снять права
owners-only = Это могут только мои владельцы.
people-heading = { $readers ->
    [1] Один читатель
    [one] { $readers } читатель
    [few] { $readers } читателя
    [many] { $readers } читателей
   *[other] { $readers } читателя
}
people-asking = Просят впустить
people-admins = Администраторы
people-blocked = Заблокированные
people-more = … и ещё { $more }
people-how =
    /invite, /block, /unblock — с id
    /appoint, /dismiss — администраторы, только для владельцев
whom = Напишите id после команды: /{ $command } 123456

# за столом
cancel = Отменить
nothing-to-cancel = Сейчас ничего не выполняется.
reindex-now = Обновить сейчас
status-sources = Источники из сети: { $sources }
status-sources-failed = Источники из сети: { $sources }; в последний раз не удалось прочитать: { $names }
status-today = { $asked ->
    [1] Один вопрос
    [one] { $asked } вопрос
    [few] { $asked } вопроса
    [many] { $asked } вопросов
   *[other] { $asked } вопроса
}: с ответом { $answered }, под сомнением { $unsure }, без ответа { $nothing }
status-latency = Ответ обычно занимает { $median } мс, в девятнадцати случаях из двадцати — не больше { $most } мс
status-machine = { $memory } МБ памяти, работаю { $uptime }
lasting-days = { $days ->
    [1] один день
    [one] { $days } день
    [few] { $days } дня
    [many] { $days } дней
   *[other] { $days } дня
}
lasting-hours = { $hours ->
    [1] один час
    [one] { $hours } час
    [few] { $hours } часа
    [many] { $hours } часов
   *[other] { $hours } часа
}
lasting-minutes = { $minutes ->
    [1] одну минуту
    [one] { $minutes } минуту
    [few] { $minutes } минуты
    [many] { $minutes } минут
   *[other] { $minutes } минуты
}
lasting-a-moment = меньше минуты
see-questions = Вопросы
see-chart = График
as-csv = CSV
verdict-answered = с ответом
verdict-unsure = под сомнением
verdict-nothing = без ответа
chart-title = Вопросы по дням
charts-missing = Для графиков нужен matplotlib: { $install }
questions-none = Пока никто ничего не спрашивал.
questions-heading = { $questions ->
    [1] Один вопрос
    [one] { $questions } вопрос
    [few] { $questions } вопроса
    [many] { $questions } вопросов
   *[other] { $questions } вопроса
}, сначала без ответа
digest-heading = { $days ->
    [1] Вчера
    [one] За { $days } день
    [few] За { $days } дня
    [many] За { $days } дней
   *[other] За { $days } дня
}
record-heading = Что было сделано, сначала новое:
deed-reindex = обновление
deed-cancel = обновление отменено
deed-add = статьи добавлены
deed-remove = статья убрана
deed-restore = статья возвращена
deed-rollback = возврат к поколению
deed-import = импорт
deed-export = вопросы выгружены
deed-appoint = назначение администратором
deed-dismiss = снятие прав
deed-invite = доступ открыт
deed-block = блокировка
deed-unblock = разблокировка
record-none = Пока ничего не делали.
file-unreadable = Такие файлы я читать не умею. Умею: { $kinds }
file-too-large = Слишком большой файл: можно до { $most } МБ.
file-empty = Не нахожу в нём статьи: { $reason }
file-heading = { $name }: { $articles ->
    [1] одна статья
    [one] { $articles } статья
    [few] { $articles } статьи
    [many] { $articles } статей
   *[other] { $articles } статьи
}
file-heading-more = { $name }: не меньше { $articles ->
    [1] одной статьи
    [one] { $articles } статьи
    [few] { $articles } статей
    [many] { $articles } статей
   *[other] { $articles } статьи
}
file-replaces = Он заменит присланный раньше файл с тем же именем.
file-gone = Этого файла больше нет. Пришлите его, пожалуйста, ещё раз.
file-taken = Добавляю { $name }…
file-waits = Обновление уже идёт; этот файл — сразу после него.
link-fetching = Загружаю страницу…
link-failed = Не получилось загрузить страницу. { $reason }
gathering-failed = Не удаётся обновить источники; их статьи остались прежними. { $reason }
source-damaged = Источник { $name } больше не обновляется: его настройки не читаются; его статьи остались. Как исправить: citabot sources list
source-failed = Источник { $name } прочитать не удалось; его статьи остались прежними. { $reason }
fetch-no-address = Это не веб-адрес: проверьте его.
fetch-not-web = Адрес должен начинаться с https:// или http://.
fetch-password = В адресе есть имя или пароль: уберите их.
fetch-no-site = Сайта { $host } нет: проверьте адрес.
fetch-private = { $host } — не общедоступный сайт: загружаются только страницы, которые может открыть каждый.
fetch-robots = { $host } просит программы не загружать эту страницу (robots.txt); пришлите её текст файлом.
fetch-no-page = На { $host } нет такой страницы ({ $status }): проверьте адрес.
fetch-closed = { $host } показывает эту страницу не всем ({ $status }); пришлите её текст файлом.
fetch-trouble = У { $host } свои неполадки ({ $status }); попробуйте позже.
fetch-odd = { $host } отвечает кодом { $status }, страницы нет.
fetch-leads-nowhere = { $host } ведёт дальше к тому, что не является веб-адресом.
fetch-leads-on = Адрес ведёт всё дальше и дальше и не приводит ни к какой странице.
fetch-slow = { $host } отвечает слишком долго; попробуйте позже.
fetch-unreachable = До { $host } не достучаться; попробуйте позже.
fetch-unproven = { $host } не может доказать, что это { $host } (его сертификат недействителен).
fetch-damaged = То, что прислал { $host }, повреждено или обрывается; попробуйте позже.
fetch-packed = { $host } сжимает страницы способом ({ $way }), который я не умею читать.
fetch-too-large = Страница больше { $most } МБ; пришлите её текст файлом.
fetch-no-text = Это не страница с текстом, а { $kind }: загрузить можно веб-страницы, PDF, файлы Word и простой текст.
fetch-unreadable = То, что на странице, не читается как текст: пришлите его файлом.
file-discarded = Хорошо, файл выброшен.
take-file = Добавить
discard = Выбросить
characters = { $characters ->
    [1] один знак
    [one] { $characters } знак
    [few] { $characters } знака
    [many] { $characters } знаков
   *[other] { $characters } знака
}
articles-search = /articles и слова из названия, автора или файла — найдутся другие.
article-card = { $source } · { $passages ->
    [1] один отрывок
    [one] { $passages } отрывок
    [few] { $passages } отрывка
    [many] { $passages } отрывков
   *[other] { $passages } отрывка
}
remove-article = Убрать
restore-article = Вернуть: { $title }
removed-heading = Убранные статьи
removed-none = Ни одна статья не убрана.

command-new = Начать заново
command-language = Язык, на котором я говорю
command-forget = Что я о вас помню
command-settings = Как я отвечаю в этой группе
command-questions = Что спрашивали
command-articles = Найти статьи, убрать их
command-removed = Убранные статьи
command-people = Читатели, администраторы, заблокированные
command-export = Вопросы таблицей
command-record = Что делали администраторы
command-rollback = Вернуться к прежним статьям
