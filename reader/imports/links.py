"""Links in one spelling, so that the same story is known by it in two programs."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode, urlsplit

_TRACKING = re.compile(r"utm_\w+|fbclid|gclid|mc_[ce]id|cmpid|ref_src|igshid", re.IGNORECASE)
"""Parameters that say where a reader came from and not which page it is."""
_OWN_PORTS = {"http": 80, "https": 443}


def normalised(link: str) -> str:
    """`link` without what doesn't change the page: http or https, www, letters' case in the host, its own port, tracking, fragment,
    a slash at the end. A text that is no link is given back as it is.
    """
    link = link.strip()
    try:
        parts = urlsplit(link)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return link
    if parts.scheme not in _OWN_PORTS or not host:
        return link
    shown_port = "" if port in (None, *_OWN_PORTS.values()) else f":{port}"
    query = urlencode([(name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.fullmatch(name)])
    return f"//{host.removeprefix('www.')}{shown_port}{parts.path.rstrip('/')}" + (f"?{query}" if query else "")
