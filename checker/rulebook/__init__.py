"""Rules for people: their examples, run, and a page for each."""
