"""What applies to a file: configuration files and what overrides them, for every program that checks files."""
