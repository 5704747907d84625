"""Blank out what is no prose: Markdown marks, code, addresses, credits. Every character keeps its place.

What comes back has the length of what went in, so an offset into one is an offset into the other.
"""

from __future__ import annotations

import re

_CODE = re.compile(r"^(```|~~~)[^\n]*\n.*?(?:^\1[^\n]*$|\Z)|`[^`\n]{1,400}`", re.MULTILINE | re.DOTALL)
_IMAGE = re.compile(r"!\[([^\]\n]{0,2000})\](?:\([^()\s]{0,2000}(?:\s+\"[^\"\n]{0,400}\")?\)|\[[^\]\n]{0,200}\])?")
_ADDRESS = re.compile(
    r"\]\(<?[^()\n]{0,2000}(?:\([^()\n]{0,200}\)[^()\n]{0,400})?\)"  # the target of a link
    r"|^ {0,3}\[[^\]\n]{1,200}\]:[^\n]*"  # a reference definition
    r"|(?:https?://|www\.)[^\s<>)\]]{1,2000}"
    r"|[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64})+"
    r"|(?<!\w)[@#]\w{2,40}"  # handles and hashtags
    r"|</?[a-zA-Z][^<>\n]{0,1000}>|&[a-zA-Z]{2,8};|&#\w{1,8};"
    r"|\{[:%{][^{}\n]{0,400}\}+",
    re.MULTILINE,
)
_AGENCIES = r"(?:Reuters|REUTERS|AFP|AP|Xinhua|Bernama|Kyodo|Yonhap|EPA|EFE|dpa|DPA|TASS|ANI|PTI|UPI|Getty Images|Bloomberg|Associated Press)"
_CREDIT = re.compile(
    r"\((?:(?:file|stock|handout|ap|afp|reuters|screenshot)\W{0,2})*(?:photo|image|picture|credit|source|screenshot|video|illustration)s?\b[^()\n]{0,160}\)"
    r"|\bFILE(?: PHOTO| -)?:?(?= )"
    r"|\b(?:photo|image|picture|credit|photograph)s?(?: credit)?(?: by| courtesy of)?:[^\n.]{0,80}"
    rf"|\b(?:{_AGENCIES}|AP Photo)/[^\n,.;()]{{2,60}}"
    rf"|\((?:{_AGENCIES}(?:[/, ]+)?)+\)"
    rf"|[-–—] ?{_AGENCIES}\s*$"
    r"|\(?\b(?:additional |with )?reporting by\b[^\n]{0,400}|\(?\b(?:writing|editing) by\b[^\n]{0,400}"
    r"|^\W{0,3}by [A-Z][^\n.]{2,60}$",
    re.MULTILINE | re.IGNORECASE,
)
_MARKS = str.maketrans("*_~`\\", "     ")


def mask(text: str) -> str:
    """`text` with all but its prose blanked, character for character."""
    if "`" in text or "~~~" in text:
        text = _CODE.sub(_blank, text)
    if "![" in text:
        text = _IMAGE.sub(lambda image: _mask_image(image, text), text)
    text = _ADDRESS.sub(_blank, text)
    text = _CREDIT.sub(_blank, text)
    return text.translate(_MARKS)


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match[0])


def _mask_image(image: re.Match[str], text: str) -> str:
    """Keep an image's description only where no caption below repeats it."""
    alt = image[1]
    opening = alt.strip()[:60]
    is_repeated = bool(opening) and text.find(opening, image.end()) >= 0
    if is_repeated or not opening:
        return _blank(image)
    return "  " + alt + " " * (len(image[0]) - len(alt) - 2)
