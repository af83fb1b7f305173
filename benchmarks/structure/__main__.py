"""`python -m benchmarks.structure [--wrong]`."""

import sys

from benchmarks.structure.measure import MADE, print_structure

if __name__ == "__main__":
    print_structure(wrong="--wrong" in sys.argv)
    if (MADE.parent / "second").exists():
        print_structure(MADE.parent / "second", wrong="--wrong" in sys.argv)
