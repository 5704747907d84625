"""What a file's path says of its article: a date, a title, a language, a category. Nothing here opens a file."""

from __future__ import annotations

import re
from datetime import date

from reader.intake.dates import EARLIEST_YEAR
from reader.intake.months import MONTHS

ARTICLE_ENDINGS = frozenset({"md", "markdown", "mdown", "txt"})
"""Files that are articles whatever they hold."""

_TEXT = """
mkd mkdn mdwn mdtext mdx qmd rmd text html htm xhtml shtml rst rest adoc asciidoc asc org textile wiki mediawiki creole news post
"""
TEXT_ENDINGS = frozenset(_TEXT.split())
"""Files that are articles if they open with front matter."""

_INDEX_STEMS = frozenset({"index", "_index", "readme"})
_ISO_START = re.compile(r"(\d{4})([-_.])(\d{1,2})\2(\d{1,2})(?!\d)")
_COMPACT_START = re.compile(r"(\d{4})(\d{2})(\d{2})(?!\d)")
_DAY_MONTH_YEAR = re.compile(r"(?<!\d)(\d{1,2})([A-Za-z]{3,9})(\d{4})(?!\d)")
_DATE_IN_PATH = re.compile(r"(?:^|/)(\d{4})[/-](\d{1,2})[/-](\d{1,2})(?![0-9])")
_LANGUAGE_SUFFIX = re.compile(r"\.([a-z]{2}(?:[-_][A-Za-z]{2,4})?)$")
_LANGUAGE_FOLDER = re.compile(r"[a-z]{2}(?:[-_][A-Za-z]{2,4})?$")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_SEPARATORS = re.compile(r"[-_\s]+")

_CODES = """
aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo es et eu fa
ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr
ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl
ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur
uz ve vi vo wa wo xh yi yo za zh zu
"""
_LANGUAGES = frozenset(_CODES.split())
"""Two-letter codes of ISO 639-1, so that a folder `uk` is Ukrainian and a folder `xx` is only a folder."""


def ending(path: str) -> str:
    """A file name's ending, lower case, without its dot."""
    name = path.rpartition("/")[2]
    stem, _, found = name.rpartition(".")
    return found.lower() if stem else ""


def stem(path: str) -> str:
    """The file name without its ending and language suffix; the folder's name for an `index.md`."""
    folder, _, name = path.rpartition("/")
    found = _without_language(name.rpartition(".")[0] or name)
    if found.lower() in _INDEX_STEMS and folder:
        return folder.rpartition("/")[2]
    return found


def _without_language(name: str) -> str:
    suffix = _LANGUAGE_SUFFIX.search(name)
    return name[: suffix.start()] if suffix and suffix[1][:2] in _LANGUAGES else name


def date_in_stem(path: str) -> date | None:
    """The date that the file's name, or an index file's folder, begins with."""
    name = stem(path)
    if found := _ISO_START.match(name):
        return _day(int(found[1]), int(found[3]), int(found[4]))
    if found := _COMPACT_START.match(name):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    return None


def worded_date_in_stem(path: str) -> date | None:
    """The date in a name such as `0001-9Nov2004`."""
    for found in _DAY_MONTH_YEAR.finditer(stem(path)):
        month = MONTHS.get(found[2].casefold())
        if month and (day := _day(int(found[3]), month, int(found[1]))):
            return day
    return None


def date_in_address(address: str) -> date | None:
    """The date in the folders of a URL or path: `/2024/11/05/`."""
    found = _DATE_IN_PATH.search(address)
    return _day(int(found[1]), int(found[2]), int(found[3])) if found else None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if year >= EARLIEST_YEAR else None
    except ValueError:
        return None


def readable(path: str) -> str:
    """The file's name as a headline: without date and ending, `-` and `_` as spaces. Never empty."""
    name = _LONE_SURROGATE.sub("\ufffd", stem(path))
    rest = name
    if found := _ISO_START.match(name) or _COMPACT_START.match(name):
        rest = name[found.end() :]
    elif found := _DAY_MONTH_YEAR.search(name):
        rest = name[: found.start()] + name[found.end() :]
    return _SEPARATORS.sub(" ", rest).strip(" .,") or name or _LONE_SURROGATE.sub("\ufffd", path)


def language(path: str) -> str | None:
    """The language that the path names: `story.pt-br.md`, or a folder `pt-br`."""
    *folders, name = path.split("/")
    suffix = _LANGUAGE_SUFFIX.search(name.rpartition(".")[0])
    candidates = [suffix[1]] if suffix else []
    candidates += [folder for folder in folders if _LANGUAGE_FOLDER.match(folder)]
    return next((found.replace("_", "-") for found in candidates if found[:2] in _LANGUAGES), None)


def category(path: str) -> str | None:
    """The folder that holds a `_posts` folder, as Jekyll files its categories."""
    folders = path.split("/")[:-1]
    if "_posts" not in folders:
        return None
    at = folders.index("_posts")
    return _LONE_SURROGATE.sub("\ufffd", folders[at - 1]) if at else None


def is_draft(path: str) -> bool:
    """Whether the file lies in Jekyll's folder of drafts."""
    return "_drafts" in path.split("/")[:-1]
