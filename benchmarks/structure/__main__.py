"""`python -m benchmarks.structure [--wrong]`."""

import sys

from benchmarks.structure.measure import SETS, print_structure

if __name__ == "__main__":
    for folder in SETS:
        print_structure(folder, wrong="--wrong" in sys.argv)
