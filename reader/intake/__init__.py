"""From files on disk to articles. Nothing here writes, and nothing here knows the index."""
