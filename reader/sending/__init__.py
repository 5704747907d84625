"""Articles and links on their way out: to a browser, the clipboard, a program, a file. No toolkit, and no shell."""
