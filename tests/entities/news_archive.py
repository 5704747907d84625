"""Turns the Wikinews articles into an archive: `python -m tests.entities.news_archive FOLDER`.

Each becomes a Markdown file with title, date and address in its front matter, so that `dateline facets entity -a FOLDER` can be
looked at by hand.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from tests.entities.material import wikinews


def write_archive(folder: Path) -> int:
    """Writes one file an article into `folder`, which is made; how many there are."""
    folder.mkdir(parents=True, exist_ok=True)
    articles = wikinews()
    for number, article in articles.items():
        head = {"id": number, "title": article["title"], "date": article["date"], "origin_url": article["url"]}
        lines = "".join(f"{name}: {json.dumps(value, ensure_ascii=False)}\n" for name, value in head.items())
        (folder / f"{number}.md").write_text(f"---\n{lines}---\n\n{article['text']}\n", "utf-8")
    return len(articles)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m tests.entities.news_archive", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    print(f"{write_archive(folder):,} articles in {folder}")
