"""Signs that ASCII lacks, each with one of one cell in its stead: for terminals and fonts without them.

Letters are left as they are: who asks for ASCII marks may well read Arabic.
"""

from __future__ import annotations

from collections.abc import Mapping

_INSTEAD = {
    "-": "─━╌┄·−–—‐‑",
    "|": "│┃╎┆▏▎▍▌▐∨",
    "+": "┌┐└┘├┤┬┴┼╭╮╰╯",
    "_": "▁▂",
    "=": "▃▄▅≡",
    "#": "▆▇█▋▊▉◆✂",
    "*": "•▪★",
    "o": "◦●○☐",
    "x": "✗×☑✓",
    "n": "✎",
    "<": "←‹≤",
    ">": "→›≥",
    "^": "↑",
    "v": "↓",
    "&": "∧",
    "!": "¬",
    "~": "…",
    "'": "‘’‚ʼ′",
    '"': "“”„«»″",
    " ": "\u00a0\u202f",
}

ASCII_SIGNS: dict[int, str] = {
    **{ord(sign): plain for plain, signs in _INSTEAD.items() for sign in signs},
    **{ord(raised): digit for raised, digit in zip("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789", strict=True)},
}
"""For `str.translate`."""


def lacks_unicode(environ: Mapping[str, str]) -> bool:
    """Whether the locale names a character set other than UTF-8. Where nothing is said, as over many an ssh, UTF-8 is likely.

    Python itself sets LC_CTYPE to C.UTF-8 where it finds the C locale, which says nothing about the terminal.
    """
    character_type = environ.get("LC_CTYPE", "")
    if character_type == "C.UTF-8" and environ.get("LANG") in ("C", "POSIX"):
        character_type = ""
    locale = environ.get("LC_ALL") or character_type or environ.get("LANG", "")
    return bool(locale) and "utf8" not in locale.casefold().replace("-", "")
