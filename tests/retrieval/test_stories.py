"""A story that several articles tell is shown once, as the newest tells it, and other articles get a word."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from retrieval.answer import Hit
from retrieval.stories import Story, courteous, stories
from tests.retrieval.conftest import article, hit

AGENCY = "The ferry to Tramonto leaves at noon from the old harbour, said the harbour master on Monday."
EDITED = f"{AGENCY} Tickets cost four euros and children travel for nothing at all."
OTHER = "The bakery in the upper town bakes its rye bread before dawn, in an oven that is older than the church."


def ids(told: list[Story]) -> list[int]:
    return [story.hit.passage.id for story in told]


def found(number: int, text: str, *, final: float = 0.0, day: date | None = None, name: str | None = None) -> Hit:
    whole = article(text, name=name or f"a{number}")
    made = hit(number, of=whole, final=final)
    return replace(made, passage=replace(made.passage, published=day))


def alone(hits: list[Hit]) -> list[Story]:
    return [Story(hit=each) for each in hits]


def test_after_the_best_hit_comes_the_best_of_each_other_article_then_the_rest() -> None:
    ones, twos, threes = (article(name=name) for name in ("one", "two", "three"))
    ranked = [hit(1, of=ones), hit(2, of=ones), hit(3, of=twos), hit(4, of=ones), hit(5, of=threes), hit(6, of=twos)]
    assert ids(courteous(alone(ranked))) == [1, 3, 5, 2, 4, 6]


def test_one_article_alone_keeps_its_order() -> None:
    assert ids(courteous(alone([hit(number, of=article()) for number in (3, 1, 2)]))) == [3, 1, 2]


@given(st.lists(st.sampled_from("abc"), max_size=12))
def test_courtesy_loses_nothing_and_keeps_the_first(names: list[str]) -> None:
    ranked = [hit(number, of=article(name=name)) for number, name in enumerate(names)]
    shown = courteous(alone(ranked))
    assert sorted(ids(shown)) == list(range(len(names)))
    assert ids(shown)[:1] == [0] * bool(names)


def test_the_same_text_is_told_once_however_short_it_is() -> None:
    ranked = [found(1, "Agency news."), found(2, "Other news."), found(3, "  Agency news.\n"), found(4, "agency news.")]
    told = stories(ranked)
    assert ids(told) == [1, 2, 4]
    assert [other.passage.id for other in told[0].retold] == [3]


def test_a_story_that_was_edited_a_little_is_the_same_story() -> None:
    told = stories([found(1, AGENCY), found(2, OTHER), found(3, EDITED)])
    assert ids(told) == [1, 2]
    assert [other.passage.id for other in told[0].retold] == [3]
    assert told[1].retold == ()


def test_of_two_tellings_that_are_about_as_good_the_newer_one_is_shown() -> None:
    old, new = date(2023, 9, 10), date(2023, 9, 12)
    (story,) = stories([found(1, AGENCY, final=40.0, day=old), found(2, EDITED, final=39.5, day=new)])
    assert (story.hit.passage.id, [other.passage.id for other in story.retold]) == (2, [1])
    (story,) = stories([found(1, AGENCY, final=40.0, day=old), found(2, EDITED, final=35.0, day=new)])
    assert story.hit.passage.id == 1
    (story,) = stories([found(1, AGENCY, final=40.0), found(2, EDITED, final=40.0, day=old)])
    assert story.hit.passage.id == 2


def test_a_newer_telling_that_holds_less_of_the_question_stays_behind() -> None:
    old, new = (found(1, AGENCY, final=40.0), found(2, EDITED, final=40.0, day=date(2023, 9, 12)))
    (story,) = stories([replace(old, coverage=1.0), replace(new, coverage=0.5)])
    assert (story.hit.passage.id, [other.passage.id for other in story.retold]) == (1, [2])


def test_reports_of_other_days_are_written_alike_and_tell_something_else() -> None:
    report = "Weather bulletin of {} May for the harbour of Valdoria: {} degrees at noon, and a light wind off the sea."
    told = stories([found(1, report.format(3, 21)), found(2, report.format(4, 27)), found(3, report.format(3, 21))])
    assert ids(told) == [1, 2]
    assert [other.passage.id for other in told[0].retold] == [3]


def test_a_story_with_another_date_line_or_more_numbers_is_the_same_one() -> None:
    more = f"{AGENCY} It carries 40 goats."
    told = stories([found(1, f"ROMA, 10.35. {AGENCY}"), found(2, f"ROMA, 11.02. {AGENCY}"), found(3, more)])
    assert ids(told) == [1]


def test_an_article_that_says_it_twice_is_heard_once_and_retells_nothing() -> None:
    (story,) = stories([found(1, AGENCY, name="a"), found(2, AGENCY, name="a"), found(3, EDITED, name="b")])
    assert (story.hit.passage.id, [other.passage.id for other in story.retold]) == (1, [3])


def test_passages_that_only_share_their_subject_are_stories_of_their_own() -> None:
    other = "At noon the harbour master of Tramonto said that no ferry would leave on Monday because of the storm."
    assert ids(stories([found(1, AGENCY), found(2, other)])) == [1, 2]
