"""Blank out what is no prose: Markdown marks, code, addresses, credits. Every character keeps its place.

What comes back has the length of what went in, so an offset into one is an offset into the other.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

_CODE = re.compile(r"^(```|~~~)[^\n]*\n.*?(?:^\1[^\n]*$|\Z)|`[^`\n]{1,400}`", re.MULTILINE | re.DOTALL)
_IMAGE = re.compile(r"!\[([^\]\n]{0,2000})\](?:\([^()\s]{0,2000}(?:\s+\"[^\"\n]{0,400}\")?\)|\[[^\]\n]{0,200}\])?")
_AGENCIES: Final = (
    *("Reuters", "REUTERS", "AFP", "AP", "Xinhua", "Bernama", "Kyodo", "Yonhap", "EPA", "EFE", "dpa", "DPA", "TASS", "ANI", "PTI", "UPI"),
    *("Getty Images", "Bloomberg", "Associated Press"),
)
_AGENCY: Final = rf"(?:{'|'.join(_AGENCIES)})"
_CREDIT: Final = r"(?:[Pp]hoto(?:graph)?|PHOTO|[Ii]mage|[Pp]icture|[Cc]redit|[Ss]ource|[Ss]creenshot|[Vv]ideo|[Ii]llustration)s?"
_CREDITED: Final = ("hoto", "HOTO", "hotograph", "mage", "icture", "redit", "ource", "creenshot", "ideo", "llustration")
_CREDIT_ENDS: Final = (*_CREDITED, *(f"{word}s" for word in _CREDITED), " by", " courtesy of")

_MAIL_DOMAIN = re.compile(r"@(?<=[\w.+-]@)[\w-]{1,64}\.[\w-]")
_MAIL_ADDRESS = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64})+")
"""Where there is no domain, nobody looks for the whole address: that is tried at every word."""
_RULES: Final[tuple[tuple[tuple[str, ...], re.Pattern[str]], ...]] = tuple(
    (marks, re.compile(pattern, re.MULTILINE))
    for marks, pattern in (
        (("](",), r"\]\(<?[^()\n]{0,2000}(?:\([^()\n]{0,200}\)[^()\n]{0,400})?\)"),  # the target of a link
        (("]:",), r"^ {0,3}\[[^\]\n]{1,200}\]:[^\n]*"),  # a reference definition
        (("://", "www."), r"(?:https?://|www\.)[^\s<>)\]]{1,2000}"),
        (("@",), r"@(?<![\w@]@)\w{2,40}"),  # a handle: a sign is searched for faster than what may precede it
        (("#",), r"#(?<![\w@]#)\w{2,40}"),
        (("<",), r"</?[a-zA-Z][^<>\n]{0,1000}>"),
        (("&",), r"&[a-zA-Z]{2,8};|&#\w{1,8};"),
        (("{",), r"\{[:%{][^{}\n]{0,400}\}+"),
        (("FILE",), r"\bFILE(?: PHOTO| -)?:?(?= )"),
        (("(",), rf"\((?:{_AGENCY}(?:[/, ]+)?)+\)"),
        (("(",), rf"\((?:[\w'’]+ ){{0,3}}{_CREDIT}\b[^()\n]{{0,160}}\)"),
        (
            ("eporting by", "iting by"),
            r"\(?\b(?:(?:[Aa]dditional |[Ww]ith )?[Rr]eporting|[Ww]riting|[Ee]diting) by\b[^\n]{0,400}",
        ),
        (("By ", "BY "), r"^\W{0,3}(?:By|BY) [A-Z][^\n.]{2,60}$"),
    )
)
"""Each kind of thing that is no prose, behind some text without which it can't occur: plain search is far cheaper."""
_ENDED_RULES: Final[tuple[tuple[str, tuple[str, ...], re.Pattern[str]], ...]] = tuple(
    (mark, ends, re.compile(pattern, re.MULTILINE))
    for mark, ends, pattern in (
        ("/", (*_AGENCIES, "AP Photo"), rf"\b(?:{_AGENCY}|AP Photo)/[^\n,.;()]{{2,60}}"),
        ("\n", _AGENCIES, rf"[-–—] ?{_AGENCY}\s*$"),
        (":", _CREDIT_ENDS, rf"\b{_CREDIT}(?: credit)?(?: by| courtesy of)?:[^\n.]{{0,80}}"),
    )
)
"""The same for what can only occur where one of some words stands before a mark."""
_BULLET = re.compile(r"^([ \t]{0,40})\*(?=[ \t])", re.MULTILINE)
_BLOCK_TAG = re.compile(
    r"</?(?:td|th|tr|table|li|ul|ol|dl|dt|dd|p|br|hr|div|h[1-6]|blockquote|section|article|figure|figcaption|caption)\b[^<>\n]{0,1000}>",
    re.IGNORECASE,
)
"""A tag that ends a line, as a reader sees it: names on its two sides are two."""
_SURROGATE = re.compile("[\ud800-\udfff]")
_MARKS = "*_~`\\"


def mask(text: str) -> str:
    """`text` with all but its prose blanked, character for character; halves of surrogate pairs are no prose."""
    try:
        text.encode()
    except UnicodeEncodeError:
        text = _SURROGATE.sub(" ", text)
    if "`" in text or "~~~" in text:
        text = _CODE.sub(_blank, text)
    if "![" in text:
        text = _IMAGE.sub(_image_masker(text), text)
    text = text.replace("&amp;", "&    ")
    if "@" in text and _MAIL_DOMAIN.search(text):
        text = _MAIL_ADDRESS.sub(_blank, text)
    if "<" in text:
        text = _BLOCK_TAG.sub(_bar, text)
    if "* " in text or "*\t" in text:
        text = _BULLET.sub(r"\1-", text)
    text = text.replace(" _ ", " — ")
    for marks, pattern in _RULES:
        if _holds(text, marks):
            text = pattern.sub(_blank, text)
    for mark, ends, pattern in _ENDED_RULES:
        if _holds_before(text, mark, ends):
            text = pattern.sub(_blank, text)
    for mark in _MARKS:
        text = text.replace(mark, " ")
    return text


def _holds(text: str, marks: tuple[str, ...]) -> bool:
    """Does any of the marks stand in the text? A loop, for a generator would cost more than the search."""
    for mark in marks:  # noqa: SIM110
        if mark in text:
            return True
    return False


def _holds_before(text: str, mark: str, ends: tuple[str, ...]) -> bool:
    """Does one of the ends stand before a mark, or before the blanks there, or where the text is over?"""
    for piece in text.split(mark):  # noqa: SIM110
        if piece.rstrip().endswith(ends):
            return True
    return False


def _blank(match: re.Match[str]) -> str:
    return "\n".join([" " * len(line) for line in match[0].split("\n")])


def _bar(match: re.Match[str]) -> str:
    return "|" + " " * (len(match[0]) - 1)


def _image_masker(text: str) -> Callable[[re.Match[str]], str]:
    """Keeps an image's description only where no caption below repeats it."""

    def masked(image: re.Match[str]) -> str:
        alt = image[1]
        opening = alt.strip()[:60]
        if not opening or text.find(opening, image.end()) >= 0:
            return _blank(image)
        return "  " + alt + " " * (len(image[0]) - len(alt) - 2)

    return masked
