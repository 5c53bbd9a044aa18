"""Questions are read for what they are, and what isn't one is named."""

import gzip
import json
from pathlib import Path

import pytest

from index.article import Article, Span
from retrieval.evaluation.questions import AskedQuestion, QuestionsUnreadable, part_of, present, read_questions

ARTICLE = Article(id="a1", title="t", text="Kim arriva a Vladivostok in treno.", language="it", source="a.txt")
LINE = json.dumps(
    {"id": 7, "lang": "it", "question": "dove?", "article_id": "a1", "answers": [{"text": "Kim", "start": 0}]}
)
READ = AskedQuestion(
    id="7", text="dove?", language="it", answerable=True, article="a1", spans=(Span(0, 3),), texts=("Kim",)
)


def asked(id_: object = 1, **fields: object) -> AskedQuestion:
    return AskedQuestion(**{"id": str(id_), "text": "where?", "language": "en", "answerable": True} | fields)


def written(folder: Path, *lines: dict | str | bytes, name: str = "q.jsonl") -> Path:
    made = [
        line if isinstance(line, bytes) else (line if isinstance(line, str) else json.dumps(line)).encode()
        for line in lines
    ]
    (folder / name).write_bytes(b"\n".join(made))
    return folder / name


@pytest.mark.parametrize(
    ("question", "span", "held"),
    [
        ({"article": "a1", "spans": (Span(13, 24),)}, Span(5, 30), True),
        ({"article": "a1", "spans": (Span(13, 24),)}, Span(14, 30), False),
        ({"article": "a1", "spans": (Span(0, 3), Span(13, 24))}, Span(5, 30), True),
        ({"article": "a.txt", "wordings": ("vladivostok",)}, Span(5, 30), True),
        ({"article": "a2", "wordings": ("Vladivostok",)}, Span(5, 30), False),
        ({"wordings": ("Vladivostok",)}, Span(5, 30), True),
        ({"relevant": frozenset({"a1"})}, Span(0, 3), True),
        ({"relevant": frozenset({"a2"})}, Span(0, 3), False),
        ({"article": "a1"}, Span(0, 34), False),
    ],
)
def test_a_quote_holds_the_answer_when_its_span_does(question: dict, span: Span, held: bool) -> None:
    assert asked(**question).answered_by(ARTICLE, span) is held


@pytest.mark.parametrize("ending", ["", "\n", "\n\n \r\n"])
def test_questions_are_read_plain_and_gzipped(tmp_path: Path, ending: str) -> None:
    plain = written(tmp_path, "\ufeff" + LINE + ending)
    (tmp_path / "q.jsonl.gz").write_bytes(gzip.compress(plain.read_bytes()))
    assert read_questions(plain) == [READ]
    assert read_questions(tmp_path / "q.jsonl.gz") == [READ]


def test_what_several_files_hold_counts_once_but_ids_may_mean_something_else_elsewhere(tmp_path: Path) -> None:
    other = written(tmp_path, LINE, LINE.replace("dove", "quando"), name="other.jsonl")
    questions = read_questions(written(tmp_path, LINE), other)
    assert [(question.id, question.text) for question in questions] == [("7", "dove?"), ("7", "quando?")]


def test_a_question_that_names_articles_alone_is_one_of_relevance(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        {"id": 1, "question": "?", "article": "a.txt"},
        {"id": 2, "question": "?", "article_id": "a1", "relevant_article_ids": ["a1", "a2"]},
        {"id": 3, "question": "?", "article_id": "a1", "answerable": False},
    )
    assert [sorted(question.relevant) for question in read_questions(path)] == [["a.txt"], ["a1", "a2"], ["a1"]]


@pytest.mark.parametrize("answers", ['""', '[""]', "[null]", '[{"text": "", "start": 0}]', '"1874"'])
def test_what_a_question_without_an_answer_says_of_one_counts_for_nothing(tmp_path: Path, answers: str) -> None:
    line = f'{{"id": 1, "question": "?", "answerable": 0, "answers": {answers}, "relevant_article_ids": ""}}'
    (question,) = read_questions(written(tmp_path, line))
    assert (question.answerable, question.wordings, question.spans) == (False, (), ())


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ('{"id": 1}', "'question' is missing"),
        ('{"id": 1, "question": 5, "answerable": false}', "are texts"),
        ('{"id": 1, "question": "?", "lang": 3, "answerable": false}', "are texts"),
        ('{"id": 1, "question": "?"}', "neither what answers it"),
        ('{"id": 1, "question": "?", "answers": [{"text": "Kim", "start": 0}]}', "neither what answers it"),
        ('{"id": 1, "question": "?", "article": "a", "answers": [{}]}', "'start' is missing"),
        ('{"id": 1, "question": "?", "article": "a", "answers": [{"text": "Kim", "start": -4}]}', "not a span"),
        ('{"id": 1, "question": "?", "answers": "1874"}', "answers is a list"),
        ('{"id": 1, "question": "?", "answers": {"text": ["Kim"], "answer_start": [0]}}', "answers is a list"),
        ('{"id": 1, "question": "?", "answers": [1874]}', "is no text"),
        ('{"id": 1, "question": "?", "answers": [["Kim"]]}', "is no text"),
        ('{"id": 1, "question": "?", "answers": ["Kim", ""]}', "is no text"),
        ('{"id": 1, "question": "?", "article": "a", "answers": [{"text": " ", "start": 0}]}', "is no text"),
        ('{"id": 1, "question": "?", "article": "a", "answers": [{"text": "Kim", "start": 0.5}]}', "start is a whole"),
        ('{"id": 1, "question": "?", "article": "a", "answers": [{"text": "Kim", "start": NaN}]}', "start is a whole"),
        ('{"id": 1, "question": "?", "article": "a", "answers": [{"text": "Kim", "start": true}]}', "start is a whole"),
        ('{"id": 1, "question": "?", "answerable": "false", "answers": ["Kim"]}', "answerable is true or false"),
        ('{"id": 1, "question": "?", "relevant_article_ids": "a.txt"}', "relevant_article_ids is a list"),
        ('{"id": 1, "question": "?", "relevant_article_ids": ["a.txt", 7]}', "7 is no text"),
        ('{"id": 1, "question": "?", "relevant_article_ids": [{}]}', "{} is no text"),
        (
            '{"id": 1, "question": "?", "article": "a", "paragraph_start": "1", "paragraph_end": 5}',
            "paragraph_start is",
        ),
        ("[1]", "no question"),
        ("{", "no question"),
        ("[" * 100_000, "no question"),
        (b"\xff", "no question"),
    ],
)
def test_a_line_that_is_no_question_is_named_with_what_one_looks_like(tmp_path: Path, line: str, why: str) -> None:
    path = written(tmp_path, LINE, "", line)
    with pytest.raises(QuestionsUnreadable, match=why) as refused:
        read_questions(path)
    assert str(refused.value).startswith(f"{path}:3 is no question (")
    assert '"answers": [{"text"' in str(refused.value)


def test_a_place_may_be_a_number_that_a_table_with_gaps_gave_a_point(tmp_path: Path) -> None:
    place = {"answers": [{"text": "Vladivostok", "start": 13.0}], "paragraph_start": 0.0, "paragraph_end": 34.0}
    (question,) = read_questions(written(tmp_path, {"id": 1, "question": "?", "article": "a1"} | place))
    assert repr((question.spans, question.paragraph)) == repr(((Span(13, 24),), Span(0, 34)))


@pytest.mark.parametrize("content", [b"", b"\n \n"])
def test_a_file_without_questions_is_an_error_that_names_it(tmp_path: Path, content: bytes) -> None:
    path = written(tmp_path, content)
    with pytest.raises(QuestionsUnreadable, match="holds no questions; a line looks like"):
        read_questions(written(tmp_path, LINE, name="whole.jsonl"), path)


@pytest.mark.parametrize("damage", ["cut", "flipped", "plain", "missing"])
def test_a_damaged_gzip_file_is_an_error_that_names_it(tmp_path: Path, damage: str) -> None:
    whole = gzip.compress("\n".join(LINE.replace("7", str(n)) for n in range(500)).encode())
    damaged = {"cut": whole[:-20], "flipped": whole[:60] + b"\xff\xff\xff" + whole[63:], "plain": LINE.encode()}
    path = tmp_path / "q.jsonl.gz"
    if damage in damaged:
        path.write_bytes(damaged[damage])
    with pytest.raises(QuestionsUnreadable, match=r"q\.jsonl\.gz"):
        read_questions(path)


def test_the_two_parts_share_no_article_and_leave_none_out() -> None:
    questions = [asked(n, article=f"a{n % 25}") for n in range(100)]
    tuning, reporting = part_of(questions, "tuning"), part_of(questions, "reporting")
    assert sorted(int(question.id) for question in [*tuning, *reporting]) == list(range(100))
    articles = [{question.article for question in part} for part in (tuning, reporting)]
    assert not articles[0] & articles[1]
    assert min(map(len, articles)) >= 8


def test_an_article_is_in_the_same_part_whatever_else_is_asked() -> None:
    questions = [asked(n, article=f"a{n}") for n in range(30)]
    assert part_of(questions[5:], "tuning") == [asked for asked in part_of(questions, "tuning") if int(asked.id) >= 5]


def test_questions_about_no_article_go_into_both_parts() -> None:
    questions = [asked(n, answerable=False) for n in range(40)]
    assert 10 <= len(part_of(questions, "tuning")) <= 30


def test_questions_about_articles_that_the_library_lacks_are_told_apart() -> None:
    here, elsewhere = asked(1, article="a1", spans=(Span(0, 1),)), asked(2, relevant=frozenset({"b2", "b1"}))
    no_article, refused = asked(3, wordings=("x",)), asked(4, article="b1", answerable=False)
    kept, absent = present([here, elsewhere, no_article, refused], {"a1", "a.txt"})
    assert (kept, absent) == ([here, no_article, refused], ["b1", "b2"])


def test_an_answer_that_stands_elsewhere_by_now_is_noticed() -> None:
    moved = asked(article="a1", spans=(Span(13, 24),), texts=("Pyongyang!!",))
    assert moved.misplaced_in(ARTICLE)
    assert not asked(article="a2", spans=(Span(13, 24),), texts=("Pyongyang!!",)).misplaced_in(ARTICLE)
    assert not asked(article="a1", spans=(Span(13, 24),), texts=("Vladivostok",)).misplaced_in(ARTICLE)
    assert not asked(article="a1", wordings=("Pyongyang",)).misplaced_in(ARTICLE)
