"""The addresses of one article, numbered as the reader meets them, so that a number can be typed to follow one."""

from __future__ import annotations

import re
from urllib.parse import urljoin

from reader.clean import host_of, safe_url
from reader.tui.lines import Block, Link, Run, Runs, Text

_HAS_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://(?:[^\s/@]*@)?((?:[\w-]{1,63}\.){1,8}[a-z]{2,24})", re.IGNORECASE)
_LIKE_A_HOST = re.compile(r"\s*(?:https?://)?(?:[^\s/@]*@)?((?:[\w-]{1,63}\.){1,8}[a-z]{2,24})(?::\d+)?(?:[/?#]\S*)?\s*", re.IGNORECASE)


class LinkBook:
    """Numbers addresses from 1; the same address keeps its number."""

    def __init__(self, base: str | None, most: int) -> None:
        self._base = safe_url(base) if base else None
        self._most = most
        self._numbers: dict[str, int] = {}
        self.left_out = 0
        """How many addresses came after the book was full; they have no number."""

    @property
    def is_full(self) -> bool:
        """No new address will get a number."""
        return len(self._numbers) >= self._most

    def resolve(self, target: str) -> str | None:
        """Where a link's target leads: None where it stays in the article, in the archive, or isn't safe to follow.

        A target without a host is read as on the site that published the article, never as a file here.
        """
        if target.startswith("#") or not target.strip():
            return None
        if self._base and not target.startswith("//") and not _HAS_SCHEME.match(target):
            try:
                return safe_url(urljoin(self._base, target))
            except ValueError:
                return None
        return safe_url(target)

    def mark(self, url: str, shown: str) -> Runs:
        """What follows a link's text: its number, and its host where the text names another one."""
        number = self._number(url)
        if named_host(shown) in ("", _bare_host(url)):
            return (Run(f"[{number}]", ("link-number",), url),) if number else ()
        label = f"[{number}: " if number else "["
        return Run(label, ("link-number",), url), Run(host_of(url), ("link-host",), url), Run("]", ("link-number",), url)

    def links(self) -> tuple[Link, ...]:
        """All that have a number, in its order."""
        return tuple(Link(number, url) for url, number in self._numbers.items())

    def blocks(self) -> list[Block]:
        """The list of links that closes an article: each address in full, the host it reaches set off."""
        if not self._numbers:
            return []
        blocks = [Block(Text((Run("Links", ("heading-3",)),)))]
        width = len(f"[{len(self._numbers)}] ")
        for url, number in self._numbers.items():
            mark = Run(f"[{number}] ".rjust(width), ("link-number",), url)
            blocks.append(Block(Text(_with_host_set_off(url)), (mark,), (Run(" " * width),), gap=None))
        if self.left_out:
            blocks.append(Block(Text((Run(f"… and {self.left_out:,} more, not numbered", ("dim",)),)), gap=None))
        return blocks

    def _number(self, url: str) -> int | None:
        if url not in self._numbers:
            if self.is_full:
                self.left_out += 1
                return None
            self._numbers[url] = len(self._numbers) + 1
        return self._numbers[url]


def named_host(shown: str) -> str:
    """The host that a link's text claims to lead to, without `www.`; empty where it claims none."""
    found = _LIKE_A_HOST.fullmatch(shown) or _ADDRESS.search(shown)
    return found[1].lower().removeprefix("www.") if found else ""


def _bare_host(url: str) -> str:
    return host_of(url).removeprefix("www.")


def _with_host_set_off(url: str) -> Runs:
    host = host_of(url)
    if url.startswith("mailto:"):
        start = len(url) - len(host)
    else:
        authority = url.index("://") + len("://")
        authority_end = min((place for mark in "/?#" if (place := url.find(mark, authority)) > 0), default=len(url))
        start = max(authority, url.rfind("@", authority, authority_end) + 1)
    end = start + len(host)
    parts = (Run(url[:start], ("link",), url), Run(host, ("link", "link-host"), url), Run(url[end:], ("link",), url))
    return tuple(part for part in parts if part.text)
