"""The index of an archive: a cache that can be deleted and rebuilt at any time."""
