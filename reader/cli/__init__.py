"""The command line. It never imports Textual, except to start the reader."""
