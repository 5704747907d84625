"""What a person has read and marked in another program, taken over by the links of the articles.

    newsboat's cache.db ─▶ newsboat ─┐
                                     ├─▶ Remembered ── matching, by normalised links ──▶ marks to set
    elfeed's index ─▶ lisp ─▶ elfeed ┘

Marks are only ever added: what is unread there stays as it is here.
"""
