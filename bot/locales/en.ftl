# What Citabot says in English. Every message here is in each of the other files too; the tests compare them.

welcome =
    Hello! Ask me something about the articles, in your own words and language. I answer by quoting them, word for word.

    Try: { example }
example = when did it happen?
help =
    Write a question, in whatever language. I look it up in { $articles ->
        [one] one article
       *[other] { $articles } articles
    } and show you the passage that answers, the answering sentence in bold and its decisive words underlined. When the articles don't say it, I tell you so.

    What comes next may go on from there: “when?”, “and who paid for it?”. Reply to a quote, or select a piece of it, and I look there first. You may say whose articles you mean, of when, or under which #tag.

    /new – start over
    /sources – the articles
    /language – the language I speak
    /forget – what I remember of you
help-admin =
    Send me a file or the address of a page, and it becomes an article once you have seen what I read in it.

    /status – how I am doing
    /questions – what was asked, those without an answer first
    /articles – look articles up, take them out
    /removed – put them back
    /reindex – take up changed articles; /reindex dry says what would change
    /rollback – go back to earlier articles
    /people – readers, admins, blocked
    /export – questions as a table
    /record – what admins did
how-to-converse = Ask about the articles; + shows the next quote, /new starts over, exit ends.
how-to-ask = Write the question after the command: /ask { example }
greeting = Hello! Ask me something about the articles.
thanks = You're welcome!
empty = Ask me something about the articles, for example: { example }
only-text = I can only read text. Write your question, please.

unsure = I'm not certain, but this may be it:
nothing = The articles don't say that.
nearest-heading = Not an answer, but the nearest passage:
show-nearest = Show the nearest passage
next-quote = Next quote · { $number } of { $count }
no-more-quotes = That was all.
question-gone = I can't find your question any more. Please ask it again.

sources-heading = { $articles ->
    [one] One article
   *[other] { $articles } articles
}
page = { $page } of { $pages }
sources-empty = There are no articles yet.

failed = Something went wrong on my side, and those who look after me have been told. Please try again in a while.
not-ready = I have no articles to answer from yet. Please come back later.

admins-only = Only those who look after me can do that.
reindex-started = Looking at the articles …
reindex-busy = A reindex is already under way.
reindex-gathering = Fetching pages: { $done } of { $total }
reindex-reading = Reading articles: { $done } of { $total }
reindex-embedding = Embedding: { $done } of { $total }
reindex-model = Preparing the model …
reindex-asking = Asking the questions: { $done } of { $total }
reindex-publishing = Publishing …
reindex-done =
    Done in { $seconds } s: { $added } added, { $changed } changed, { $removed } removed, { $unchanged } unchanged.
reindex-nothing = Nothing has changed ({ $seconds } s, { $unchanged ->
    [one] one article
   *[other] { $unchanged } articles
}).
reindex-skipped = { $skipped ->
    [one] One was skipped:
   *[other] { $skipped } were skipped:
}
status-skipped = { $skipped ->
    [one] One file or line was skipped; /reindex says why.
   *[other] { $skipped } files or lines were skipped; /reindex says why.
}
reindex-more = … and { $more } more
reindex-failed = The reindex failed; the articles are as they were before. { $reason }
reindex-stopped = The reindex was stopped, since I am shutting down; the articles are as they were before.

status =
    { $articles ->
        [one] One article
       *[other] { $articles } articles
    } in { $passages ->
        [one] one passage
       *[other] { $passages } passages
    }, generation { $generation }
    Model: { $model }
    Last reindex: { $reindex }
reindex-never = none yet
admin-alert = A message could not be answered ({ $reference }): { $error }

command-ask = Ask a question
command-sources = The articles
command-help = How this works
command-reindex = Take up changed articles
command-status = How the bot is doing

bot-description =
    I answer questions about a collection of articles by quoting them, word for word, with the sentence that answers in bold. When the articles don't say it, I tell you so.

    Just write your question, in your own words and language.
bot-short-description = I answer questions about articles by quoting them, word for word.

# reindexing: looking ahead, withheld articles, cancelling
reindex-cancelled = The reindex was cancelled; the articles are as they were before.
reindex-preview = A reindex would find { $added } to add, { $changed } to change, { $removed } to remove, { $unchanged } unchanged:
reindex-preview-nothing = A reindex would change nothing ({ $unchanged ->
    [one] one article
   *[other] { $unchanged } articles
}).
reindex-preview-failed = I can't tell what a reindex would change. { $reason }
reindex-withheld = { $withheld ->
    [one] One article is withheld.
   *[other] { $withheld } articles are withheld.
}

# what would vanish, going back, the log
reindex-vanishing = Articles that would go: { $removed } of { $of }. So I have stopped, and nothing has changed. Look whether everything is where it was.
reindex-vanishing-preview = Articles that would go: { $removed } of { $of }. A reindex would stop and ask first.
reindex-emptied = Nothing is left in { $folders }.
reindex-even-so = Are they really to go?
remove-them = Yes, remove them
reindex-fell = Questions that are answered rightly now and would be no more: { $fallen } of { $right }. So I have stopped, and nothing has changed.
reindex-fell-unanswered = no answer
reindex-fell-even-so = Shall I publish it all the same?
publish-it = Yes, publish it
left-as-it-is = All right, everything stays as it is.
rollback-heading = What I can go back to
rollback-none = There is nothing to go back to yet.
rollback-kept = Generation { $generation }, until { $until }, articles: { $articles }; then { $changes }
rollback-to = Back to { $generation }
rollback-ask = Shall I go back to the articles of generation { $generation }? What the sources hold is taken up again by the next reindex, also when a file is added; a restart leaves it.
rollback-go = Go back
rollback-done = The articles of generation { $generation } are back.
rollback-same = The articles are those of generation { $generation } already.
rollback-until = What the sources hold is taken up by the next reindex, also when a file is added; a restart leaves it.
runs-heading = Last runs
run-published = generation { $generation }
run-nothing = nothing new
run-refused = refused
run-failed = failed
run-interrupted = interrupted
run-running = under way
run-by-start = at the start
run-by-terminal = at the terminal
run-by-schedule = by schedule
run-by-watch = since files changed

# questions and quotes
did-you-mean = Did you mean: { $question }
tell-me-when = Tell me when they do
will-tell = I'll write to you when the articles say it.
now-answerable = You asked “{ $question }”. Now the articles say it:
more-context = More context
paragraph-place = paragraph { $place } of { $places }
page-place = page { $place } of { $places }
same-in = The same in:
same-in-others = { $articles ->
    [one] The same in one other article.
   *[other] The same in { $articles } other articles.
}
others-say = Other articles say:
read-article = Read the article
open-article = Open the article
share = Share
as-a-file = As a file
from-here = From the passage you pointed at:
from-beside = From next to the passage you pointed at:
from-article = From the same article:
among = Among the articles you mean ({ $filter }):
no-such-tag = No article is filed under { $tags }.
article-changed = The article has changed since. Please ask again.
article-gone = This article isn't there any more.
too-many = That's a lot at once. Give me a minute, please.
begun-anew = All right, let's start over. What would you like to know?

# opinions
thanks-for-opinion = Thank you, that helps.
wrong-quote = Wrong quote
comment = Say what's wrong
comment-please = What was wrong? Answer this message with a sentence.

# languages
language-name = English
which-language = Which language shall I speak? Quotes stay in the language of their article.
language-of-telegram = As in Telegram
language-chosen = I speak English from now on.

# groups
help-group = Here I answer when you mention me (@{ $bot }), reply to me or write /ask. I take no notice of other messages.
hello-group = Hello! Mention me (@{ $bot }), reply to me or write /ask, and I answer from the articles. I take no notice of your other messages. Admins of the group may choose how I answer: /settings
in-private-only = Please write that to me in private: @{ $bot }
settings-in-groups = /settings is for groups: add me to one, and its admins may choose how I answer there. Your own language: /language
group-admins-only = Only the admins of this group can do that.
group-heading = How I answer in this group
group-language = Language: { $language }
group-quotes = Quotes to leaf through: { $quotes }
group-articles = Articles: { $articles } ({ $count })
change-language = Language
choose-articles = Choose articles
all-articles = All articles
articles-how = Write /articles and words from the title, author or file of the articles that I may quote here.
no-such-articles = No article has “{ $words }” in its title, author or file.

# anywhere
inline-ask = Ask something about the articles …
inline-none = The articles don't say that

# what is remembered
forget = I remember your questions for { $days ->
    [one] one day
   *[other] { $days } days
}, so that buttons keep working and those who look after me see what is missing in the articles. You can have all of it, or have it erased.
export-mine = Send me what you remember
erase-mine = Erase all of it
forgotten = Done. I remember nothing of you any more.

# the door
invitation = This bot is by invitation only.
ask-to-be-let-in = Ask to be let in
invitation-asked = Those who look after me have been asked. You'll hear from me.
not-let-in = This bot isn't open to everybody. Ask those who look after it.
wants-in = { $name } ({ $id }) would like to be let in.
let-in = Let in
block = Block
unblock = Unblock
dismiss = Dismiss
owners-only = Only my owners can do that.
people-heading = { $readers ->
    [one] One reader
   *[other] { $readers } readers
}
people-asking = Would like to be let in
people-admins = Admins
people-blocked = Blocked
people-more = … and { $more } more
people-how =
    /invite, /block, /unblock – with an id
    /appoint, /dismiss – admins, by owners
whom = Write an id after it: /{ $command } 123456

# the desk
cancel = Cancel
nothing-to-cancel = Nothing is under way.
reindex-now = Reindex now
status-sources = Sources from the web: { $sources }
status-sources-failed = Sources from the web: { $sources }; the last time, these failed: { $names }
status-today = { $asked ->
    [one] One question
   *[other] { $asked } questions
}: { $answered } answered, { $unsure } unsure, { $nothing } not in the articles
status-latency = An answer usually takes { $median } ms, and nineteen in twenty take { $most } ms at most
status-machine = { $memory } MB of memory, up for { $uptime }
lasting-days = { $days ->
    [one] one day
   *[other] { $days } days
}
lasting-hours = { $hours ->
    [one] one hour
   *[other] { $hours } hours
}
lasting-minutes = { $minutes ->
    [one] one minute
   *[other] { $minutes } minutes
}
lasting-a-moment = less than a minute
see-questions = Questions
see-chart = Chart
as-csv = CSV
verdict-answered = answered
verdict-unsure = unsure
verdict-nothing = not in the articles
chart-title = Questions by day
charts-missing = Charts need matplotlib: { $install }
questions-none = Nobody has asked anything yet.
questions-heading = { $questions ->
    [one] One question
   *[other] { $questions } questions
}, those without an answer first
digest-heading = { $days ->
    [one] Yesterday
   *[other] The last { $days } days
}
record-heading = What was done, newest first:
deed-reindex = reindexed
deed-cancel = cancelled a reindex
deed-add = added
deed-remove = took out
deed-restore = put back
deed-rollback = went back to generation
deed-import = imported
deed-export = exported the questions
deed-appoint = appointed
deed-dismiss = dismissed
deed-invite = let in
deed-block = blocked
deed-unblock = unblocked
record-none = Nothing has been done yet.
file-unreadable = I can't read files of that kind. I can read: { $kinds }
file-too-large = That is too large: { $most } MB at most.
file-empty = I find no article in it: { $reason }
file-heading = { $name }: { $articles ->
    [one] one article
   *[other] { $articles } articles
}
file-heading-more = { $name }: at least { $articles ->
    [one] one article
   *[other] { $articles } articles
}
file-replaces = It replaces the file of the same name that was sent before.
file-gone = That file isn't there any more. Please send it again.
file-taken = Adding { $name } …
file-waits = A reindex is under way; this file comes right after it.
link-fetching = Fetching the page …
link-failed = I couldn't fetch that page. { $reason }
gathering-failed = I can't gather the sources; their articles stay as they are. { $reason }
source-damaged = The source { $name } isn't gathered any more, since what it is can't be read; its articles stay. To mend it: citabot sources list
source-failed = I couldn't fetch the source { $name }; its articles stay as they are. { $reason }
fetch-no-address = This is no web address: look at it again.
fetch-not-web = The address has to begin with https:// or http://.
fetch-password = The address holds a name or a password: leave them out.
fetch-no-site = There is no site { $host }: look at the address again.
fetch-private = { $host } is no public site: only pages that everybody can open are fetched.
fetch-robots = { $host } asks programs not to fetch this page (robots.txt); send its text as a file.
fetch-no-page = { $host } has no such page ({ $status }): look at the address again.
fetch-closed = { $host } shows this page not to everybody ({ $status }); send its text as a file instead.
fetch-trouble = { $host } has trouble of its own ({ $status }); try again later.
fetch-odd = { $host } answered with { $status } and no page.
fetch-leads-nowhere = { $host } leads on to something that is no web address.
fetch-leads-on = The address leads on and on without coming to a page.
fetch-slow = { $host } took too long; try again later.
fetch-unreachable = { $host } cannot be reached; try again later.
fetch-unproven = { $host } cannot prove that it is { $host } (its certificate is no good).
fetch-damaged = What { $host } sent is damaged or breaks off; try again later.
fetch-packed = { $host } packs its pages in a way ({ $way }) that is not read here.
fetch-too-large = The page is larger than { $most } MB; send its text as a file instead.
fetch-no-text = This is no page of text but { $kind }: pages, PDFs, Word files and plain text can be fetched.
fetch-unreadable = What the page holds cannot be read as text: send its text as a file instead.
file-discarded = All right, I've thrown it away.
take-file = Add
discard = Discard
characters = { $characters ->
    [one] one character
   *[other] { $characters } characters
}
articles-search = /articles with words from title, author or file finds others.
article-card = { $source } · { $passages ->
    [one] one passage
   *[other] { $passages } passages
}
remove-article = Remove
restore-article = Put back: { $title }
removed-heading = Taken out
removed-none = No article has been taken out.

command-new = Start over
command-language = The language I speak
command-forget = What I remember of you
command-settings = How I answer in this group
command-questions = What was asked
command-articles = Look articles up, take them out
command-removed = Articles that were taken out
command-people = Readers, admins, blocked
command-export = Questions as a table
command-record = What admins did
command-rollback = Go back to earlier articles
