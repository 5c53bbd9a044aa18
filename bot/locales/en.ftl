# What Citabot says in English. Every message here is in each of the other files too; the tests compare them.

welcome =
    Hello! Ask me something about the articles, in your own words and language. I answer by quoting them, word for word.

    Try: { example }
example = when did it happen?
help =
    Write a question, in whatever language. I look it up in { $articles ->
        [one] one article
       *[other] { $articles } articles
    } and show you the passage that answers, the answering sentence in bold. When the articles don't say it, I tell you so.

    /sources – the articles
    /ask – a question, also in a group
    /help – this text
help-admin =
    /reindex – take up changed articles
    /status – how I am doing
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
passage-place = passage { $place } of { $places }
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
reindex-busy = A reindex is at work already.
reindex-reading = Reading articles: { $done } of { $total }
reindex-embedding = Embedding: { $done } of { $total }
reindex-model = Preparing the model …
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
    Up for { $uptime }
reindex-never = none since I started
admin-alert = A message could not be answered ({ $reference }): { $error }

command-ask = Ask a question
command-sources = The articles
command-help = How this works
command-reindex = Take up changed articles
command-status = How the bot is doing
