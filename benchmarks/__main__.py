"""`make bench`: speed, memory and cost, measured on this machine with the commands a user types."""

from benchmarks.speed import print_growth, print_reading, print_whole_command


def main() -> None:
    """Prints every table."""
    print_reading()
    print_whole_command()
    print_growth()


if __name__ == "__main__":
    main()
