"""Runs the command line once in this process, and prints on standard error the most memory it held, in bytes.

    python benchmarks/memory.py [check a.txt …]        without a command: the bare interpreter

Asked of the process itself, after it has started: what a parent is told of a child includes what the parent held at the fork.
"""

import sys


def peak() -> int:
    """The most memory that this process has held so far, in bytes."""
    try:
        with open("/proc/self/status", encoding="ascii") as file:
            return next(1024 * int(line.split()[1]) for line in file if line.startswith("VmHWM"))
    except OSError:
        import resource

        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return most if sys.platform == "darwin" else 1024 * most


def main() -> int:
    code = 0
    if sys.argv[1:]:
        from checker.cli import main as command_line

        code = command_line(sys.argv[1:])
    print(peak(), file=sys.stderr)
    return code


if __name__ == "__main__":
    sys.path.pop(0)
    sys.exit(main())
