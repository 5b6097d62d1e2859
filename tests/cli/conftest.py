"""A store with invented documents, and a way to run commands on it."""

import shutil
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from dragoman.app import wiring
from dragoman.backends.sql_store import open_store
from dragoman.cli.main import cli, run
from dragoman.core.actors import Actor, Place
from dragoman.core.claims import Coding, Engagement, Participant, Utterance, Voice
from dragoman.core.ids import DossierId
from dragoman.core.text import Document, Span
from dragoman.core.time import When
from dragoman.core.vocab import Channel, DateSource, EngagementType, Issue, Level, Precision, Role, SpeakerKind, Stance, VoiceKind

QATAR, HAMAS, TURKEY = Actor("Qatar", "QAT"), Actor("Hamas", "HAMAS"), Actor("Turkey", "TUR")


class FakeCoder:
    """Finds a meeting of Qatar and Hamas wherever the word "met" stands, and a statement wherever "said" does."""

    name = "fake 1"
    model = "none 1"

    def code(self, documents: Iterable[Document]) -> Iterator[Coding]:
        for document in documents:
            claims = tuple(self._claims(document)) if document.language in {None, "en"} else ()
            yield Coding(document=document.id, claims=claims, coder=self.name, model=self.model, published=document.published)

    def _claims(self, document: Document) -> Iterator[Engagement | Utterance]:
        for sentence in document.text.splitlines():
            start = document.text.index(sentence)
            span = Span(start, start + len(sentence))
            if " met " in sentence:
                yield Engagement(
                    document=document.id,
                    evidence=(span,),
                    rule="fake",
                    type=EngagementType.MEETING,
                    participants=(
                        Participant(
                            actor=QATAR, person="Majed Ansari", office="envoy", level=Level.SPECIAL_ENVOY, role=Role.MEDIATOR
                        ),
                        Participant(actor=HAMAS),
                    ),
                    channel=Channel.IN_PERSON,
                    place=Place(name="Doha", country="QAT"),
                    when=When(start=document.published, end=document.published, precision=Precision.DAY)
                    if document.published
                    else None,
                    dossiers=(DossierId("gaza"),),
                    issues=(Issue.CEASEFIRE,),
                    voices=(Voice(kind=VoiceKind.ANONYMOUS, name="two officials"),),
                )
            if " said" in sentence:
                yield Utterance(
                    document=document.id,
                    evidence=(span,),
                    rule="fake",
                    speaker="Majed Ansari",
                    speaker_actors=(QATAR,),
                    speaker_kind=SpeakerKind.POLITICAL,
                    content=span,
                    stance=Stance.OFFER,
                    issue=Issue.CEASEFIRE,
                    dossiers=(DossierId("gaza"),),
                )


FIRST = Document(
    text="Envoy in Doha\n\nNobody expected it.\nMajed Ansari met a Hamas delegation.\n=HYPERLINK(1), he said.\nThen it rained.",
    title="Envoy in Doha",
    source="Example Agency",
    published=date(2024, 5, 6),
    published_from=DateSource.METADATA,
    language="en",
    url="https://example.org/1",
    name="first",
)
SECOND = Document(
    text="Another day\n\nThe Qatari \x1b[31menvoy met Hamas again.\nThe end.", title="Another day", language="en", name="second"
)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Every test works in an empty folder, without settings from outside, with the fake coder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("platformdirs.user_config_path", lambda _name: tmp_path / "nowhere")
    monkeypatch.setattr("platformdirs.user_data_path", lambda _name: tmp_path / "data")
    monkeypatch.setattr("platformdirs.user_cache_path", lambda _name: tmp_path / "cache")
    monkeypatch.setenv("DRAGOMAN_ANALYST", "tester")
    monkeypatch.setattr(wiring, "build_coder", lambda *_, **__: FakeCoder())
    return tmp_path


@pytest.fixture(scope="session")
def written(empty_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with both documents, to be copied."""
    path = Path(shutil.copy(empty_store, tmp_path_factory.mktemp("written")))
    coder = FakeCoder()
    with open_store(path) as store:
        store.write([(document, next(coder.code([document]))) for document in (FIRST, SECOND)])
    return path


@pytest.fixture
def stored(folder: Path, written: Path) -> Path:
    """A store with both documents, for one test alone."""
    return Path(shutil.copy(written, folder))


Dragoman = Callable[..., Result]


@pytest.fixture
def dragoman() -> Dragoman:
    """Run a command line as the shell would see it: output and exit code, errors as messages."""

    def call(*arguments: str, stdin: bytes | None = None) -> Result:
        @click.command(context_settings={"ignore_unknown_options": True, "help_option_names": []})
        @click.argument("rest", nargs=-1, type=click.UNPROCESSED)
        @click.pass_context
        def shell(context: click.Context, rest: tuple[str, ...]) -> None:
            context.exit(run(list(rest)))

        return CliRunner().invoke(shell, list(arguments), input=stdin)

    return call


__all__ = ["FIRST", "SECOND", "Dragoman", "FakeCoder", "cli"]
