"""Signs that ASCII lacks, each with one of one cell in its stead: for terminals and fonts without them.

Letters are left as they are: who asks for ASCII marks may well read Arabic.
"""

from __future__ import annotations

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
