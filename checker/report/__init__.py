"""Results for people (console) and for machines (JSON, CSV)."""
