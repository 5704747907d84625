"""A colour for each tag, the same in every session: one of a few roles, chosen by the tag's name. No toolkit."""

from __future__ import annotations

from typing import Literal, get_args
from zlib import crc32

TagRole = Literal["tag-1", "tag-2", "tag-3", "tag-4", "tag-5", "tag-6"]
TAG_ROLES: tuple[TagRole, ...] = get_args(TagRole)


def role_of(tag: str) -> TagRole:
    """The role of a tag; names that differ only in case have the same."""
    return TAG_ROLES[crc32(tag.casefold().encode("utf-8", "surrogatepass")) % len(TAG_ROLES)]
