"""The user's settings: the table of them, the file they are read from, the keys and themes they name, and where all this is kept.

    settings.yaml ── yaml_text ──▶ values with lines ── file, by the checks of table ──▶ Settings + Problems
                                                        ├─ bindings: presets and own keys
                                                        └─ themes:   names of colour themes
"""

from reader.settings.file import folders_of, load, theme_file, theme_files, write_template
from reader.settings.places import Folders, folders, packaged, settings_file
from reader.settings.table import Entry, Settings, entries, template

__all__ = [
    "Entry", "Folders", "Settings", "entries", "folders", "folders_of", "load", "packaged", "settings_file", "template", "theme_file",
    "theme_files", "write_template",
]  # fmt: skip
