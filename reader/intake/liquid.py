"""What a Liquid tag, a Liquid output or a Hugo shortcode comes to in plain Markdown.

A site's generator would run these; a reader says what they stood for: an image, a link, a path, a value, or `[include: x]`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from reader.intake.values import Head, as_text

QUOTING = frozenset(
    {"note", "notice", "tip", "info", "warning", "alert", "callout", "admonition", "important", "caution", "danger", "quote", "blockquote"}
)
"""Paired tags whose text is set apart from the article's own."""

_TEMPLATE = re.compile(r"\{\{-?(?![<%])([^{}]*?)-?\}\}|\{\{?[<%]-?\s*([\w./-]+)([^{}]*?)-?[>%]\}\}?")
_ARGUMENT = re.compile(r"""([\w-]+)[ \t]*[=:][ \t]*("[^"]*"|'[^']*'|[^\s"']+)|("[^"]*"|'[^']*')|([^\s"',|]+)""")
_STRING = re.compile(r"""[ \t]*("[^"]*"|'[^']*')""")
_VARIABLE = re.compile(r"[ \t]*(?:page|post|frontmatter|\$?\.Params|\$?\.Page)?\.?([A-Za-z_][\w-]*)[ \t]*(?:\||$)")
_SITE_ROOT = re.compile(r"[ \t]*\$?\.?(?:site\.)?(?:github\.)?(?:baseurl|base_url|base_path|url|root|siteurl)[ \t]*(?:\||$)", re.IGNORECASE)
_IMAGE_NAME = re.compile(r"\b(?:img|image|figure|photo|picture)|(?:img|image)\b|image_")
_IMAGE_FILE = re.compile(r"\.(?:png|jpe?g|gif|svg|webp|avif|bmp|tiff?)\b|^https?://|^/", re.IGNORECASE)
_VIDEO_ID = re.compile(r"[\w-]{4,30}$")

_SOURCE_NAMES = ("src", "url", "file", "path", "image", "filename", "image_path")
_CAPTION_NAMES = ("alt", "caption", "title", "text", "label")
_PLACES = {"youtube": "https://www.youtube.com/watch?v=", "vimeo": "https://vimeo.com/", "gist": "https://gist.github.com/"}


@dataclass(frozen=True, slots=True)
class Arguments:
    """What stands in a tag after its name."""

    plain: tuple[str, ...]
    named: dict[str, str]

    def first(self, names: tuple[str, ...]) -> str:
        return next((self.named[name] for name in names if self.named.get(name)), "")


def read_arguments(text: str) -> Arguments:
    plain: list[str] = []
    named: dict[str, str] = {}
    for found in _ARGUMENT.finditer(text):
        if found[1]:
            named[found[1].lower()] = _unquoted(found[2])
        else:
            plain.append(_unquoted(found[3] or found[4]))
    return Arguments(tuple(plain), named)


def render_tag(name: str, text: str, is_alone: bool) -> str:
    """What the tag or shortcode `name` with the arguments `text` comes to; empty for one that only steers the generator.

    `is_alone` where nothing else stands on its line, as for something that put a block of its own into the page.
    """
    arguments = read_arguments(text)
    if renderer := _RENDERERS.get(name) or (_image if _IMAGE_NAME.search(name) else None):
        return renderer(arguments)
    if name in _INCLUDES:
        return _include(arguments, is_alone)
    if name in _STEERING or name.startswith("end") or not is_alone:
        return arguments.first(_CAPTION_NAMES) if "href" in arguments.named or "url" in arguments.named else ""
    what = next(iter(arguments.plain), "") or next(iter(arguments.named.values()), "")
    return f"[{name}: {what}]" if what else ""


def render_output(expression: str, values: Head) -> str | None:
    """What `{{ expression }}` comes to: a literal, a field of the front matter, nothing for the site's address; None if unknown."""
    if found := _STRING.match(expression):
        return _unquoted(found[1])
    if _SITE_ROOT.match(expression):
        return ""
    if (found := _VARIABLE.match(expression)) and found[1].lower() in values:
        return as_text(values[found[1].lower()])
    return None


def render_inside(text: str, values: Head) -> str:
    """`text`, the inside of an HTML tag, with every template in it rendered; the unknown ones are left out."""
    return _TEMPLATE.sub(lambda found: _render_one(found, values), text)


def _render_one(found: re.Match[str], values: Head) -> str:
    if found[1] is None:
        return render_tag(found[2].lower(), found[3], is_alone=False)
    return render_output(found[1], values) or ""


def image(source: str, alt: str) -> str:
    """An image in Markdown, whatever its parts hold."""
    return f"![{_bracketed(alt)}]({address(source)})"


def link(text: str, target: str) -> str:
    """A link in Markdown, whatever its target holds."""
    return f"[{text}]({address(target)})"


def address(text: str) -> str:
    """A URL that can stand between the parentheses of a Markdown link."""
    return "".join(_ENCODED.get(character, character) for character in text.strip())


_ENCODED = {" ": "%20", "(": "%28", ")": "%29", "<": "%3C", ">": "%3E", "\n": "", "\r": "", "\t": "", "\\": "/"}


def _bracketed(text: str) -> str:
    """Text that can stand between the brackets of an image."""
    return " ".join(text.replace("[", "(").replace("]", ")").split())


def _unquoted(text: str) -> str:
    return text[1:-1] if text[0] in "\"'" and len(text) > 1 else text


def _image(arguments: Arguments) -> str:
    source = arguments.first(_SOURCE_NAMES)
    rest = list(arguments.plain)
    if not source:
        source = next((word for word in rest if _IMAGE_FILE.search(word)), rest[0] if rest else "")
    words = [word for word in rest if word != source and not word.isdigit()]
    alt = arguments.first(_CAPTION_NAMES) or max(words, key=len, default="")
    if " " in source and not _IMAGE_FILE.search(source):
        source, alt = "", alt or source
    return image(source, alt) if source or alt else ""


def _video(place: str) -> Callable[[Arguments], str]:
    def render(arguments: Arguments) -> str:
        target = arguments.first(("id", "url", "src", "video", "code")) or next(iter(arguments.plain), "")
        if _VIDEO_ID.match(target):
            target = place + target
        return link(f"video: {target}", target) if target else ""

    return render


def _embed(arguments: Arguments) -> str:
    target = arguments.first(("url", "src", "href", "link")) or next(iter(arguments.plain), "")
    user, status = arguments.first(("user",)), arguments.first(("id",))
    if not target and status:
        target = f"https://twitter.com/{user or 'i'}/status/{status}"
    if not target:
        return ""
    return link(f"post: {target}", target) if "/" in target else f"[post: {target}]"


def _gist(arguments: Arguments) -> str:
    target = _PLACES["gist"] + "/".join(arguments.plain[:2])
    return link(f"code: {target}", target) if arguments.plain else ""


def _path(arguments: Arguments) -> str:
    return address(arguments.first(("path", "file", "slug")) or next(iter(arguments.plain), ""))


def _link(arguments: Arguments) -> str:
    """`{% link x %}` is a path to stand in a Markdown link; with a text of its own it is the whole link."""
    target = arguments.first(("href", "url", "link", "slug", "path", "file"))
    text = arguments.first(("text", "label", "title", "name"))
    return link(text, target) if text and target else text or _path(arguments)


def _include(arguments: Arguments, is_alone: bool) -> str:
    name = next(iter(arguments.plain), "")
    if _IMAGE_NAME.search(name.lower()) and (source := arguments.first(_SOURCE_NAMES)):
        return image(source, arguments.first(_CAPTION_NAMES))
    if "youtube" in name.lower() and "id" in arguments.named:
        return _video(_PLACES["youtube"])(Arguments((), arguments.named))
    return f"[include: {name}]" if is_alone and name else ""


_INCLUDES = frozenset({"include", "include_relative", "include_cached", "render", "partial", "readfile"})
_STEERING = frozenset(
    {"assign", "if", "elsif", "else", "unless", "for", "case", "when", "capture", "cycle", "break", "continue", "increment", "decrement",
     "tablerow", "layout", "paginate", "liquid", "echo", "set", "block", "extends", "raw", "comment", "seo", "feed_meta", "toc"}
)  # fmt: skip
_RENDERERS: dict[str, Callable[[Arguments], str]] = {
    **dict.fromkeys(("asset_img", "imgproc", "imgcap"), _image),
    "youtube": _video(_PLACES["youtube"]),
    "youtubelite": _video(_PLACES["youtube"]),
    "vimeo": _video(_PLACES["vimeo"]),
    **dict.fromkeys(("video", "iframe", "audio"), _video("")),
    **dict.fromkeys(("tweet", "twitter", "x", "instagram", "mastodon", "toot", "bluesky", "embed"), _embed),
    "gist": _gist,
    **dict.fromkeys(("post_url", "ref", "relref", "asset_path", "url", "permalink", "asset"), _path),
    **dict.fromkeys(("link", "button", "btn", "a", "asset-static"), _link),
}
