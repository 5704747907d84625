"""From an article to the people, organisations and places it names."""
