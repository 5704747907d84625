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

ASCII_SIGNS = {
    **str.maketrans({sign: plain for plain, signs in _INSTEAD.items() for sign in signs}),
    **str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789"),
}
"""For `str.translate`."""
