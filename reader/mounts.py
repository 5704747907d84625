"""What kind of file system a path lies on: another machine's can't tell of changes, and can't share memory."""

from __future__ import annotations

MOUNTS = "/proc/self/mounts"
_NETWORK_FILE_SYSTEMS = ("nfs", "cifs", "smb", "9p", "afs", "ceph", "gluster", "lustre", "fuse.sshfs", "davfs", "virtiofs", "vboxsf")


def is_on_network(path: str) -> bool:
    """Whether the file system that holds `path`, absolute and without links, is another machine's; False where nobody knows."""
    try:
        with open(MOUNTS, encoding="utf-8", errors="surrogateescape") as mounts:
            rows = [line.split(" ") for line in mounts]
    except OSError:
        return False
    best, kind = "", ""
    for row in rows:
        place = row[1].replace("\\040", " ").rstrip("/")
        if len(place) >= len(best) and f"{path}/".startswith(f"{place}/"):
            best, kind = place, row[2]
    return kind.startswith(_NETWORK_FILE_SYSTEMS)


