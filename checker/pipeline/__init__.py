"""The road from a document to its result: every rule in turn, and what their checks come to together."""
