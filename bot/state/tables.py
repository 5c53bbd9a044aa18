"""The tables of the bot's memory, and how older ones become newer ones. Times are seconds since 1970."""

STEPS = (
    """
    CREATE TABLE users (
        id INTEGER PRIMARY KEY,
        name TEXT NOT NULL,
        spoken TEXT,               -- the language of their Telegram
        chosen TEXT,               -- the language that they chose
        role TEXT NOT NULL,        -- reader, member, asking, admin or blocked
        since REAL NOT NULL,
        seen REAL NOT NULL
    );
    CREATE TABLE chats ( -- what a group's admins have set
        id INTEGER PRIMARY KEY, language TEXT, quotes INTEGER, articles TEXT
    );
    CREATE TABLE turns (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        chat INTEGER NOT NULL, thread INTEGER, user INTEGER NOT NULL,
        asked INTEGER NOT NULL,    -- the message that asked
        shown INTEGER,             -- the message that answered
        number INTEGER NOT NULL DEFAULT 1, -- of the quote that it shows
        at REAL NOT NULL,
        text TEXT NOT NULL, searched TEXT NOT NULL, suggested TEXT, language TEXT NOT NULL,
        verdict TEXT NOT NULL, confidence REAL NOT NULL, generation INTEGER NOT NULL, milliseconds REAL NOT NULL
    );
    CREATE INDEX turns_by_chat ON turns (chat, user, id);
    CREATE INDEX turns_by_time ON turns (at);
    CREATE TABLE quotes (
        turn INTEGER NOT NULL REFERENCES turns (id) ON DELETE CASCADE,
        number INTEGER NOT NULL,
        article TEXT NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL,
        marks TEXT NOT NULL,       -- [[start, end], …]
        digest TEXT NOT NULL,      -- of the quoted text
        PRIMARY KEY (turn, number)
    ) WITHOUT ROWID;
    CREATE TABLE opinions (
        turn INTEGER NOT NULL REFERENCES turns (id) ON DELETE CASCADE,
        user INTEGER NOT NULL,
        opinion TEXT NOT NULL,     -- good, bad or wrong
        number INTEGER NOT NULL,   -- of the quote that it is about
        comment TEXT,
        at REAL NOT NULL,
        PRIMARY KEY (turn, user)
    ) WITHOUT ROWID;
    CREATE TABLE waiting ( -- who wants to be told when the articles say it
        turn INTEGER NOT NULL REFERENCES turns (id) ON DELETE CASCADE,
        user INTEGER NOT NULL,
        PRIMARY KEY (turn, user)
    ) WITHOUT ROWID;
    CREATE TABLE prompts ( -- messages whose reply is no question
        chat INTEGER NOT NULL, message INTEGER NOT NULL, kind TEXT NOT NULL, about INTEGER NOT NULL,
        at REAL NOT NULL, PRIMARY KEY (chat, message)
    ) WITHOUT ROWID;
    CREATE TABLE deeds ( -- what admins did
        id INTEGER PRIMARY KEY, at REAL NOT NULL, admin INTEGER NOT NULL, deed TEXT NOT NULL, about TEXT NOT NULL
    );
    CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
    """,
    "CREATE INDEX turns_by_answer ON turns (chat, shown)",
    """
    ALTER TABLE quotes ADD COLUMN words TEXT NOT NULL DEFAULT '[]'; -- that answer, as marks are kept
    CREATE TABLE sayings ( -- quotes of other articles that answer
        turn INTEGER NOT NULL REFERENCES turns (id) ON DELETE CASCADE,
        number INTEGER NOT NULL,   -- of the answer; 1 is what the turn's first quote says
        place INTEGER NOT NULL,    -- among the articles that give that answer, the surest first
        article TEXT NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL,
        marks TEXT NOT NULL, digest TEXT NOT NULL, words TEXT NOT NULL,
        PRIMARY KEY (turn, number, place)
    ) WITHOUT ROWID;
    """,
    "CREATE INDEX users_by_role ON users (role) WHERE role != 'reader'",
)
