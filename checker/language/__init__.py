"""Chinese as data: the words that the readers know, one list in one place (``zh/*.toml``)."""
