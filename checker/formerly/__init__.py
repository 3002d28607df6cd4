"""Public modules under the names that they had before, for packages that still import these: `checker.checks.builder` and the others.

The folder is part of the path of `checker`, so that each is found there. Nothing in `checker` imports from here.
"""
