"""What one article can do to indexing: it is named, and costs no other article anything."""

from __future__ import annotations

import multiprocessing
import subprocess
import sys
import time
from pathlib import Path
from queue import Empty, SimpleQueue

import pytest

from reader.index import indexing, reading, workers
from reader.index.crew import ENDED, FEW, SLOW, Crew
from reader.intake.parse import parse
from reader.library import Library
from reader.model import Article, OpenedArticle, Problem
from reader.settings import Folders
from tests.builders import article_text, folder
from tests.faults import jobs

ROOT = Path(__file__).resolve().parents[2]


def outcomes(crew: Crew, job: object, work: list[int]) -> list[object]:
    return [one for batch in crew.run(job, work, lambda number, why: (number, why)) for one in batch]  # type: ignore[arg-type]


def test_all_come_back_in_order() -> None:
    crew = Crew(cores=2)
    try:
        work = list(range(FEW + 200))
        assert outcomes(crew, jobs.double, work) == [number * 2 for number in work]
    finally:
        crew.close()


def test_what_hangs_ends_its_process_or_fails_is_named_alone() -> None:
    crew = Crew(cores=2, seconds=0.3)
    try:
        work = list(range(FEW + 1))
        found = dict(zip(work, outcomes(crew, jobs.troubled, work), strict=True))
    finally:
        crew.close()
    for number, outcome in found.items():
        match number % 100:
            case 7 | 27:
                assert outcome == (number, SLOW)
            case 17:
                assert outcome == (number, ENDED)
            case 37:
                assert outcome == (number, "the program has a fault that it brings out (LookupError)")
            case _:
                assert outcome == number * 2


def test_processes_that_got_ready_do_the_work() -> None:
    crew = Crew(cores=2)
    try:
        crew.get_ready(jobs.where, FEW + 1)
        crew.get_ready(jobs.where, FEW + 2)
        done_by = set(outcomes(crew, jobs.where, list(range(FEW + 200))))
        started = {child.pid for child in multiprocessing.active_children()}
    finally:
        crew.close()
    assert done_by <= started
    assert len(started) == 2


class TakenAway(SimpleQueue[object]):
    """One in which there seems to be something that another thread then takes."""

    def empty(self) -> bool:
        return False

    def get(self, block: bool = True, timeout: float | None = None) -> object:
        if block and timeout is None:
            pytest.fail("waits for what may never come")
        raise Empty

    def get_nowait(self) -> object:
        return self.get(block=False)


def test_a_process_that_another_thread_takes_is_not_waited_for() -> None:
    crew = Crew(cores=2)
    crew._idle = TakenAway()  # type: ignore[assignment]
    try:
        work = list(range(FEW + 1))
        assert outcomes(crew, jobs.double, work) == [number * 2 for number in work]
    finally:
        crew.close()


def test_nobody_gets_ready_for_a_few() -> None:
    crew = Crew(cores=2)
    try:
        crew.get_ready(jobs.where, FEW)
        assert multiprocessing.active_children() == []
    finally:
        crew.close()


def test_a_few_are_done_without_processes_and_none_takes_for_ever() -> None:
    crew = Crew(cores=2, seconds=0.3)
    found = outcomes(crew, jobs.slow_here, list(range(12)))
    assert found[7] == (7, SLOW)
    assert found[9] == (9, "the program has a fault that it brings out (LookupError)")
    assert [found[number] for number in range(12) if number not in (7, 9)] == [number * 2 for number in range(12) if number not in (7, 9)]


@pytest.mark.parametrize("count", [12, FEW + 1])
def test_what_takes_too_long_is_done_in_part(count: int) -> None:
    crew = Crew(cores=2, seconds=0.3)
    try:
        found = [one for batch in crew.run(jobs.slow_here, range(count), lambda number, why: why, lesser=jobs.half) for one in batch]
    finally:
        crew.close()
    assert (found[7], found[8]) == (3.5, 16)


def test_a_file_that_takes_too_long_is_read_in_part_and_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def slowly(content: bytes, path: str) -> Article | Problem:
        while len(content) > reading.BEGINNING:
            time.sleep(0.01)
        return parse(content, path)

    monkeypatch.setattr(reading, "parse", slowly)
    monkeypatch.setattr(reading, "_OPENING_SECONDS", 0.2)
    monkeypatch.setattr(indexing, "Crew", lambda should_stop: Crew(should_stop, seconds=0.2))
    files = {"long.md": article_text("Long", "The harbour again.\n" * 9_000), "short.md": article_text("Short")}
    archive = str(folder(tmp_path / "wire", files))
    library = Library([archive], Folders(tmp_path / "config", tmp_path / "cache", tmp_path / "state"))
    for _ in library.refresh():
        pass
    said = "takes too long to read; only its first 64 KiB are here"
    assert said in [problem.what for problem in library.problems()]
    row = library.row_of("long.md")
    assert row is not None
    assert row.headline == "Long"
    opened = library.open(row)
    assert isinstance(opened, OpenedArticle)
    assert opened.article.body.endswith("The harbour again.")
    assert opened.article.problems[0].what == said


def test_an_article_whose_names_take_too_long_is_opened_without_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive = str(folder(tmp_path / "wire", {"a.md": article_text("Rain", "Joe Biden spoke in Rome.\n")}))
    library = Library([archive], Folders(tmp_path / "config", tmp_path / "cache", tmp_path / "state"))
    for _ in library.refresh():
        pass
    row = library.row_of("a.md")
    assert row is not None
    opened = library.open(row)
    assert isinstance(opened, OpenedArticle)
    assert [mention.entity for mention in opened.mentions] == ["Joe Biden", "Rome"]

    monkeypatch.setattr(workers, "mentions_of", lambda article: jobs.slow_here(7))
    monkeypatch.setattr(workers, "_OPENING_SECONDS", 0.2)
    opened = library.open(row)
    assert isinstance(opened, OpenedArticle)
    assert (opened.article.body.strip(), opened.mentions) == ("Joe Biden spoke in Rome.", ())


def test_a_crew_that_is_told_to_stop_does_so_at_once(tmp_path: Path) -> None:
    work = [str(tmp_path / str(number)) for number in range(FEW + 1)]
    has_begun = False

    def should_stop() -> bool:
        nonlocal has_begun
        has_begun = has_begun or any(tmp_path.iterdir())
        return has_begun

    crew = Crew(should_stop, cores=2)
    for _ in crew.run(jobs.noted, work, lambda path, why: path):
        pytest.fail("a batch came back")
    began = time.monotonic()
    crew.close()
    assert time.monotonic() - began < 2


def test_no_process_outlives_a_program_that_was_killed(tmp_path: Path) -> None:
    script = """
from reader.index.crew import Crew
from tests.faults import jobs
if __name__ == "__main__":
    crew = Crew(cores=2)
    for batch in crew.run(jobs.double, range(100_000_000), lambda one, why: one):
        print("going", flush=True)
"""
    (tmp_path / "endless.py").write_text(script)
    with subprocess.Popen([sys.executable, tmp_path / "endless.py"], env={"PYTHONPATH": str(ROOT)}, stdout=subprocess.PIPE) as program:
        assert program.stdout is not None
        program.stdout.readline()
        children = [child for task in Path(f"/proc/{program.pid}/task").iterdir() for child in (task / "children").read_text().split()]
        assert children
        program.kill()
        end = time.monotonic() + 10
        while any(is_running(child) for child in children):
            assert time.monotonic() < end, "a process is left behind"
            time.sleep(0.05)


def is_running(pid: str) -> bool:
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return False
    return stat.rpartition(")")[2].split()[0] != "Z"
