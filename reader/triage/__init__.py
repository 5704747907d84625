"""One person's marks on articles: precious, saved at once, undoable for ever."""
