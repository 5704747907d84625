"""What may be shown: text from outside made harmless for a terminal.

Articles, file names, tags, notes and error texts are other people's words. Some characters in them would act on the terminal
(escape sequences), turn the line around (bidi overrides) or make two different names look one (characters without width). Every
face passes such text through `clean` or `clean_line` where it is shown; what is stored stays as it was written.

What acts is shown by a mark, what is merely invisible is dropped:

    C0 controls, DEL            their control picture: `␛`, `␀`, `␡`
    C1 controls, lone surrogates, bidi overrides, interlinear annotation, non-characters   `�`
    a run of tag characters     one `�`; dropped where it spells a flag
    soft hyphen, zero-width space, byte order mark, bidi marks and embeddings, fillers      nothing
    joiners and variation selectors   kept where a script or an emoji needs them, else nothing

In the names of files and the keys of articles, `clean_name`, what is dropped elsewhere leaves a `�`: two that differ look different.
"""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import quote

_PICTURED = "\x00-\x08\x0b-\x1f\x7f"
_BROKEN = "\x80-\x9f\u202d\u202e\ufdd0-\ufdef\ufff9-\ufffb\ufffe\uffff\ud800-\udfff"
_TAGS = "\U000e0000-\U000e007f"
_LINE_ENDS = "\u2028\u2029"
_UNSEEN = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u202a-\u202c\u2060-\u206f\u3164"
    "\ufe00-\ufe0d\ufeff\uffa0\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0100-\U000e01ef"
)
_JOINERS = "\u200c\u200d"
_PRESENTATION = "\ufe0e\ufe0f"
_COMBINING = "\u0300-\u034e\u0350-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"

_JOINED_SCRIPTS = "\u0600-\u061b\u061d-\u109f\u1780-\u17b3\u17b6-\u180a\u1810-\u18af\u1b00-\u1b7f\ua840-\ua87f\ufb50-\ufdcf\ufe70-\ufefc"
"""Arabic and its kin, the scripts of India and South-East Asia, Mongolian: where a joiner changes how a word is written."""
_PICTOGRAPHS = "#*0-9\u00a9\u00ae\u203c-\u205f\u2070-\u20cf\u2100-\u27bf\u2900-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001faff"

_SUSPECT = re.compile(f"[{_PICTURED}{_BROKEN}{_TAGS}{_LINE_ENDS}{_UNSEEN}{_JOINERS}{_PRESENTATION}{_COMBINING}]")
_NEEDLESS = re.compile(
    f"(?<![{_PICTOGRAPHS}])[{_PRESENTATION}]"
    f"|(?<![{_PICTOGRAPHS}{_JOINED_SCRIPTS}])(?<![{_PICTOGRAPHS}]\ufe0f)[{_JOINERS}]"
    f"|[{_UNSEEN}]"
    f"|(?<=\U0001f3f4)[{_TAGS}]+"
)
_FALSE = re.compile(f"[{_BROKEN}]|[{_TAGS}]+")
_PICTURE = re.compile(f"[{_PICTURED}]")
_WHITE = re.compile(r"\s")
_NEW_LINE = re.compile(f"\r\n|[{_LINE_ENDS}]")
_PILE = re.compile(f"([{_COMBINING}]{{8}})[{_COMBINING}]+")
"""More accents on one letter than any language writes: they would run over the lines above and below."""

_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")


def clean(text: str) -> str:
    """`text` with nothing in it that can act on a terminal or hide; tabs and line ends kept.

    Cleaning what is clean already gives it back unchanged.
    """
    if _SUSPECT.search(text) is None:
        return text
    text = _NEW_LINE.sub("\n", text)
    text = _NEEDLESS.sub("", text)
    text = _FALSE.sub("\ufffd", text)
    text = _PICTURE.sub(_control_picture, text)
    return _PILE.sub(r"\1", text)


def clean_line(text: str) -> str:
    """`clean`, on one line: every run of white space becomes one blank, none at the ends."""
    return " ".join(clean(text).split())


def clean_name(name: str) -> str:
    """`clean`, on one line, for what tells one thing from another, a path or a key: nothing in it is left out.

    For what hides stands `�`, for each tab or line end a blank; two blanks stay two.
    """
    return clean_blanks(_NEEDLESS.sub("\ufffd", name))


def clean_blanks(text: str) -> str:
    """`clean`, on one line as long as before: each tab or line end becomes a blank."""
    return _WHITE.sub(" ", clean(text))


def isolate(text: str) -> str:
    """One field, fit to stand beside others: wrapped in FSI … PDI when it holds right-to-left letters, else as it is.

    A terminal that reorders text would otherwise carry the digits and marks of the neighbouring field along. Left-to-right text
    is never wrapped, so that the marks reach only the terminals and the readers that need them. Use it last, on clean text:
    `clean` takes the marks away again.
    """
    if text.isascii() or _RIGHT_TO_LEFT.search(text) is None:
        return text
    return f"\u2068{text}\u2069"


def _control_picture(found: re.Match[str]) -> str:
    code = ord(found[0])
    return "\u2421" if code == 0x7F else chr(0x2400 + code)


# Links

_MAX_URL = 8_000
_UNFIT = re.compile(rf"[\s\\{_PICTURED}{_BROKEN}{_TAGS}{_LINE_ENDS}{_UNSEEN}{_JOINERS}]")
_WEB = re.compile(r"(https?)://(?:([^/?#]*)@)?([^/?#@]*?)(:\d{1,5})?([/?#].*)?", re.IGNORECASE)
_MAIL = re.compile(r"mailto:([^?@]+)@([^?@]+)(?:\?.*)?", re.IGNORECASE)
_HOST = re.compile(r"(?!-)[a-z0-9._-]{1,253}|\[[0-9a-f:.]{2,45}\]")
_USER_MARKS = "!$&'()*+,;=:%-._~"
_ADDRESS_MARKS = "!#$%&'()*+,/:;=?@[]~-._"


@lru_cache(maxsize=2_048)
def safe_url(url: str) -> str | None:
    """`url` in printable ASCII, fit to be shown and to be handed to a program as one argument; None when it isn't.

    Only http, https (`//host` counts as https) and mailto, whose `?…` part is left out; no control, no blank, no backslash. Names
    in other scripts become punycode, and a user name before the host stays where it can be seen.
    """
    url = url.strip(" \t\n")
    if len(url) > _MAX_URL or _UNFIT.search(url):
        return None
    if url.startswith("//"):
        url = f"https:{url}"
    if web := _WEB.fullmatch(url):
        return _web_address(*web.groups())
    if mail := _MAIL.fullmatch(url):
        return _mail_address(mail[1], mail[2])
    return None


@lru_cache(maxsize=2_048)
def host_of(url: str) -> str:
    """The host that following `url` would reach, in lower case and punycode; empty when `safe_url` refuses it."""
    address = safe_url(url)
    if address is None:
        return ""
    if address.startswith("mailto:"):
        return address.rpartition("@")[2]
    found = _WEB.fullmatch(address)
    return found[3] if found else ""


def _web_address(scheme: str, user: str | None, host: str, port: str | None, rest: str | None) -> str | None:
    reached = _ascii_host(host)
    if reached is None:
        return None
    before = "" if user is None else quote(user, safe=_USER_MARKS) + "@"
    return f"{scheme.lower()}://{before}{reached}{port or ''}{quote(rest or '', safe=_ADDRESS_MARKS)}"


def _mail_address(user: str, host: str) -> str | None:
    reached = _ascii_host(host)
    if reached is None or user.startswith("-"):
        return None
    return f"mailto:{quote(user, safe=_USER_MARKS)}@{reached}"


def _ascii_host(host: str) -> str | None:
    if not host.isascii():
        try:
            host = host.encode("idna").decode("ascii")
        except UnicodeError:
            return None
    host = host.lower()
    return host if _HOST.fullmatch(host) else None
