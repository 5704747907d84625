"""The archives that benchmarks run on: as many articles as asked for, the same every time, readable, and nobody else's folder."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from reader.intake.parse import parse
from reader.model import Article
from tests.bench.make_archive import FIRST_DAY, LAST_DAY, make_archive, plan_days


def articles(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*.*") if path.is_file() and path.name[0] != "."}


def test_the_same_seed_gives_the_same_bytes_however_many_write_them(tmp_path: Path) -> None:
    make_archive(tmp_path / "alone", 210, words=30, processes=1)
    make_archive(tmp_path / "together", 210, words=30, processes=2)
    make_archive(tmp_path / "other", 210, seed=2, words=30, processes=2)
    alone = articles(tmp_path / "alone")
    assert len(alone) == 210
    assert articles(tmp_path / "together") == alone
    assert articles(tmp_path / "other") != alone


def test_made_once_and_replaced_when_something_else_is_asked_for(tmp_path: Path) -> None:
    assert make_archive(tmp_path / "wire", 20)
    assert not make_archive(tmp_path / "wire", 20)
    assert make_archive(tmp_path / "wire", 10)
    assert len(articles(tmp_path / "wire")) == 10


def test_a_folder_of_someone_elses_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(FileExistsError):
        make_archive(tmp_path, 10)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


@pytest.mark.parametrize("count", [1, 100, 1_000_000])
def test_days_share_the_articles_without_loss(count: int) -> None:
    days = list(plan_days(count, seed=1))
    assert sum(day.count for day in days) == count
    assert (days[0].day, days[-1].day) == (FIRST_DAY, LAST_DAY)
    assert all(after.first == before.first + before.count for before, after in pairwise(days))


def test_every_article_reads_as_it_was_meant(tmp_path: Path) -> None:
    make_archive(tmp_path / "wire", 300)
    found = [parse(content, path) for path, content in articles(tmp_path / "wire").items()]
    read_articles = [article for article in found if isinstance(article, Article)]
    assert [article.problems for article in read_articles] == [()] * 300
    for article in read_articles:
        assert article.published is not None
        folder_day = date(*(int(part) for part in article.path.split("/")[:3]))
        assert abs((article.published.day - folder_day).days) <= 1, "a wire dates its files in UTC"
        assert article.headline
        assert "%(" not in article.headline + article.body
        assert "{" not in article.headline + article.body
    assert {article.language for article in read_articles} >= {"en", "fr", "es"}
    assert len({category for article in read_articles for category in article.categories}) > 5
