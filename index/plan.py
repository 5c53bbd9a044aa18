"""What indexing would change: files compared with what the library remembers of them, only new ones read."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from index.article import Article
from index.library_writer import Held, KnownArticle, KnownFile
from index.progress import Progress, Report, silent
from index.readers import Skipped, SkippedForNow, SourceFile, read
from index.sources import digest_of, files_of
from index.vanishing import Vanishing, vanishing_of

Kind = Literal["added", "changed", "removed"]
Take = Callable[[str, Article], None]
"""Is handed each article that is new or changed as it is read, with the path of its file."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """What becomes of one article."""

    kind: Kind
    id: str
    title: str
    file: str
    """As people know it."""
    was: str | None = None
    """The id of the article whose place in the file it takes."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """What indexing would do, as an admin wants to know it; nothing in it is about articles that are withheld."""

    changes: tuple[Change, ...]
    """Those that come and those that change in the order of the sources, then those that go."""
    unchanged: int
    withheld: int
    skipped: tuple[Skipped, ...]
    vanishing: Vanishing | None = None
    """What has to be asked about first, if anything."""

    def count(self, kind: Kind) -> int:
        """How many changes there are of a kind."""
        return sum(change.kind == kind for change in self.changes)


@dataclass(frozen=True, kw_only=True, slots=True)
class Work:
    """A plan, and what carrying it out takes beside the articles that were handed out."""

    plan: Plan
    files: Mapping[str, KnownFile]
    """All that the library will consist of, by path."""
    gone: tuple[str, ...]
    """Ids of articles that no file holds any more."""
    successors: Mapping[str, str]
    """Ids of articles that were changed in their file, and the ids they have now, where it is clear which is which."""


def planned(
    sources: Sequence[Path],
    held: Held,
    *,
    report: Report = silent,
    rebuild: bool = False,
    fingerprint: str | None = None,
) -> Plan:
    """What indexing `sources` would do to a library; raises SourceMissing. Changes nothing, needs no model.

    `fingerprint` is that of the model to come, unless it is the one that there was.
    """
    fingerprint = fingerprint or held.fingerprint
    return work_out(sources, held, take=_leave, report=report, rebuild=rebuild, fingerprint=fingerprint).plan


def _leave(path: str, article: Article) -> None:
    """What a dry run does with an article."""


def work_out(
    sources: Sequence[Path], held: Held, *, take: Take, report: Report, rebuild: bool, fingerprint: str | None
) -> Work:
    """The plan, each article that is new or changed handed to `take`; `rebuild` takes none for unchanged.

    For a model with another `fingerprint` nothing of what there was can stay.
    """
    reading = _Reading(known=held.files if held.fingerprint == fingerprint else {}, anew=rebuild, take=take)
    files: list[SourceFile] = []
    unseen: list[Path] = []
    for found in files_of(sources):
        if isinstance(found, SourceFile):
            files.append(found)
        else:
            reading.skipped.append(Skipped(source=found.source, reason=found.reason))
            if isinstance(found, SkippedForNow) and found.path:
                unseen.append(found.path)
    reading.keep(unseen, but={str(file.path) for file in files})
    for done, file in enumerate(files, start=1):
        reading.take_up(file)
        report(Progress(step="reading", done=done, total=len(files)))
    return _compared(reading, held, sources)


@dataclass(kw_only=True, slots=True)
class _Reading:
    """What was found in the files so far."""

    known: Mapping[str, KnownFile]
    anew: bool
    take: Take
    files: dict[str, KnownFile] = field(default_factory=dict)
    owners: dict[str, str] = field(default_factory=dict)
    """The file of each article, by id."""
    written: dict[str, KnownArticle] = field(default_factory=dict)
    """Those that are new or changed, by id."""
    skipped: list[Skipped] = field(default_factory=list)

    def keep(self, unseen: Sequence[Path], *, but: Collection[str]) -> None:
        """Leaves as it was what is known of files there, `but` of those that were found all the same."""
        for path, before in self.known.items():
            if path not in but and any(Path(path).is_relative_to(at) for at in unseen):
                self.owners.update(dict.fromkeys(before.articles, path))
                self.files[path] = before

    def take_up(self, file: SourceFile) -> None:
        """Reads a file if it is new or changed, or if other articles are left to it than before."""
        path, digest = str(file.path), digest_of(file)
        before = self.known.get(path)
        if before and not self.anew and before.digest == digest and self._holds_as_before(before):
            self.owners.update(dict.fromkeys(before.articles, file.name))
            self.files[path] = before
        else:
            self.files[path] = self._read(file, digest, before or KnownFile(digest=""))
        self.skipped += [Skipped(source=source, reason=reason) for source, reason in self.files[path].skipped]

    def _holds_as_before(self, file: KnownFile) -> bool:
        """Whether the files before an unchanged one leave the same of its articles to it."""
        taken = all(id_ in self.owners or id_ in file.articles for id_ in file.duplicates)
        return taken and self.owners.keys().isdisjoint(file.articles)

    def _read(self, file: SourceFile, digest: str, before: KnownFile) -> KnownFile:
        """Where something could not be read for a passing reason, what there was stays, and it is read again."""
        articles: dict[str, str] = {}
        skipped: list[tuple[str, str]] = []
        duplicates: list[str] = []
        passing = False
        for found in read(file):
            if isinstance(found, Skipped):
                passing = passing or isinstance(found, SkippedForNow)
                skipped.append((found.source, found.reason))
            elif found.id in self.owners:
                duplicates.append(found.id)
                skipped.append((file.name, f"the article {found.id} is there already, from {self.owners[found.id]}"))
            else:
                self.owners[found.id] = file.name
                articles[found.id] = found.digest
                if self.anew or before.articles.get(found.id) != found.digest:
                    self.written[found.id] = KnownArticle(title=found.title, source=found.source)
                    self.take(str(file.path), found)
        if passing:
            left = {id_: digest for id_, digest in before.articles.items() if id_ not in self.owners}
            self.owners.update(dict.fromkeys(left, file.name))
            articles |= left
        return KnownFile(
            digest="" if passing else digest,
            articles=articles,
            skipped=tuple(skipped),
            duplicates=tuple(duplicates),
        )


def _compared(reading: _Reading, held: Held, sources: Sequence[Path]) -> Work:
    """Sets what was read against what the library holds."""
    gone = [id_ for id_ in held.articles if id_ not in reading.owners]
    replaced, successors = _replaced(reading, held, set(gone))
    hidden = held.withheld.keys() | {new for lost, new in successors.items() if lost in held.withheld}
    changes: list[Change] = []
    for id_, article in reading.written.items():
        kind: Kind = "changed" if id_ in held.articles or id_ in replaced else "added"
        changes.append(_change(kind, id_, article, was=replaced.get(id_)))
    in_place = set(replaced.values())
    changes += [_change("removed", id_, held.articles[id_]) for id_ in gone if id_ not in in_place]
    changes = [change for change in changes if change.id not in hidden]
    removed = sum(change.kind == "removed" for change in changes)
    plan = Plan(
        changes=tuple(changes),
        unchanged=len(reading.owners.keys() - reading.written.keys() - hidden),
        withheld=len(held.withheld),
        skipped=tuple(reading.skipped),
        vanishing=vanishing_of(sources, held, found=reading.files, removed=removed),
    )
    return Work(plan=plan, files=reading.files, gone=tuple(gone), successors=successors)


def _replaced(reading: _Reading, held: Held, gone: Iterable[str]) -> tuple[dict[str, str], dict[str, str]]:
    """New articles, each with one that its file lost; and the other way round, where that tells which is which."""
    replaced: dict[str, str] = {}
    successors: dict[str, str] = {}
    for path, file in reading.files.items():
        if path in held.files:
            new = [id_ for id_ in file.articles if id_ in reading.written and id_ not in held.articles]
            lost = [id_ for id_ in held.files[path].articles if id_ in gone]
            replaced |= zip(new, lost, strict=False)
            if len(new) == len(lost) == 1:
                successors[lost[0]] = new[0]
    return replaced, successors


def _change(kind: Kind, id_: str, article: KnownArticle, *, was: str | None = None) -> Change:
    return Change(kind=kind, id=id_, title=article.title, file=article.source, was=was)
