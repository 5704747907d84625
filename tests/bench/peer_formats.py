"""The same archive in the formats of other readers: newsboat's cache, elfeed's database, a maildir for notmuch."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import formatdate
from pathlib import Path

from reader.intake.parse import parse
from reader.model import Article
from tests.bench.ground import Ground

ELPA = Path("/usr/share/emacs/site-lisp/elpa")
"""Where Debian puts elfeed."""
EVERYTHING = "Everything"
"""What newsboat's list of all articles is called."""


@dataclass(frozen=True, slots=True)
class Story:
    """What other readers can be told of an article."""

    number: int
    headline: str
    source: str
    byline: str
    published: int
    """Seconds since 1970."""
    body: str

    @property
    def key(self) -> str:
        return f"{self.number}@bench.example"


def stories(ground: Ground) -> Iterator[Story]:
    """All articles of an archive; a file carries the time it was published."""
    number = 0
    for folder, _, names in sorted(os.walk(ground.archive)):
        for name in sorted(names):
            path = Path(folder, name)
            article = parse(path.read_bytes(), str(path.relative_to(ground.archive))) if name[0] != "." else None
            if isinstance(article, Article):
                byline, source = article.byline or "A reporter", article.source or "bench.example"
                yield Story(number, article.headline, source, byline, int(path.stat().st_mtime), article.body)
                number += 1


def newsboat_cache(ground: Ground, folder: Path, environment: Mapping[str, str]) -> None:
    """A cache with one feed for each source, as newsboat's own schema has it, and a list of all articles in `urls`."""
    urls, cache = folder / "urls", folder / "cache.db"
    urls.write_text("file:///nowhere\n")
    subprocess.run(newsboat(folder, "-x", "print-unread"), env=environment, stdout=subprocess.DEVNULL, check=True)
    feeds = set()
    columns = "guid, title, author, url, feedurl, pubDate, content, unread, enclosure_url, enclosure_type, flags"
    with closing(sqlite3.connect(cache)) as database:
        for story in stories(ground):
            feed = f"https://{story.source}/feed"
            feeds.add((feed, f"https://{story.source}/", story.source))
            url = f"https://{story.source}/{story.number}"
            values = (story.key, story.headline, story.byline, url, feed, story.published, story.body, 1, "", "", "")
            database.execute(f"INSERT INTO rss_item ({columns}) VALUES ({', '.join('?' * len(values))})", values)
        database.executemany("INSERT INTO rss_feed (rssurl, url, title) VALUES (?, ?, ?)", feeds)
        database.commit()
    listed = "".join(f"{feed}\n" for feed, _, _ in sorted(feeds))
    urls.write_text(f'"query:{EVERYTHING}:age >= 0"\n{listed}')
    (folder / "config").write_text("auto-reload no\nrefresh-on-startup no\nkeep-articles-days 0\nmax-items 0\n")


def newsboat(folder: Path, *words: str) -> list[str]:
    """The command that reads such a cache."""
    return ["newsboat", "-q", "-u", str(folder / "urls"), "-c", str(folder / "cache.db"), "-C", str(folder / "config"), *words]


def maildir(ground: Ground, folder: Path, environment: Mapping[str, str]) -> None:
    """A message for each article, indexed by notmuch."""
    settings = f"[database]\npath={folder / 'mail'}\n[user]\nname=A reader\nprimary_email=reader@bench.example\n[new]\ntags=unread\n"
    (folder / "notmuch-config").write_text(settings)
    for part in ("cur", "new", "tmp"):
        (folder / "mail" / part).mkdir(parents=True)
    for story in stories(ground):
        message = EmailMessage()
        message["From"] = f"{story.byline} <news@{story.source}>"
        message["Subject"] = story.headline
        message["Date"] = formatdate(story.published)
        message["Message-ID"] = f"<{story.key}>"
        message.set_content(story.body)
        (folder / "mail" / "cur" / f"{story.number}:2,").write_bytes(message.as_bytes())
    subprocess.run(["notmuch", "new", "--quiet"], env=environment, check=True)


def elfeed_database(ground: Ground, folder: Path, environment: Mapping[str, str]) -> None:
    """A database written by elfeed's own functions."""
    with (folder / "stories.el").open("w") as lines:
        for story in stories(ground):
            fields = (story.key, story.headline, story.source, story.body)
            lines.write(f"({' '.join(json.dumps(field, ensure_ascii=False) for field in fields)} {story.published}.0)\n")
    subprocess.run(elfeed(folder, _FILL), env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
    (folder / "stories.el").unlink()


_FILL = """
(elfeed-db-load)
(with-temp-buffer
  (insert-file-contents (expand-file-name "stories.el" bench-folder))
  (let (entries)
    (ignore-errors
      (while t
        (pcase-let ((`(,key ,title ,source ,body ,date) (read (current-buffer))))
          (setf (elfeed-feed-title (elfeed-db-get-feed source)) source)
          (push (elfeed-entry--create :id (cons source key) :title title :link (concat "https://" source "/" key) :date date
                                      :content body :content-type nil :tags (list 'unread) :feed-id source)
                entries))))
    (elfeed-db-add entries)))
(elfeed-db-save)
"""


def elfeed(folder: Path, program: str) -> list[str]:
    """The command that runs a program in Emacs Lisp on the database in a folder."""
    script = folder / "program.el"
    where = json.dumps(f"{folder}/")
    script.write_text(f"(setq bench-folder {where} elfeed-db-directory {where})\n(require 'elfeed)\n{program}")
    libraries = [f"--directory={path}" for path in sorted(ELPA.glob("elfeed-*"))]
    return ["emacs", "--batch", *libraries, "--load", str(script)]
