"""`make bench`: speed, memory and cost, measured on this machine with the commands a user types."""

from benchmarks.busy import print_busy
from benchmarks.consent import print_consent
from benchmarks.desk import print_desk
from benchmarks.drafting import print_drafting
from benchmarks.editor import print_editor
from benchmarks.exports import print_exports
from benchmarks.fidelity import print_fidelity
from benchmarks.hostile import print_hostile
from benchmarks.importing.__main__ import print_importing
from benchmarks.neutrality import print_neutrality
from benchmarks.pictures import print_pictures
from benchmarks.reading_order import print_reading_order
from benchmarks.recognition import print_recognition
from benchmarks.size import print_size
from benchmarks.speed import print_growth, print_reading, print_whole_command
from benchmarks.structure.measure import SETS, print_structure


def main() -> None:
    """Prints every table."""
    print_reading()
    print_whole_command()
    print_growth()
    print_drafting()
    print_fidelity()
    print_neutrality()
    print_desk()
    print_editor()
    print_consent()
    print_exports()
    print_reading_order()
    for folder in SETS:
        print_structure(folder)
    print_recognition()
    print_pictures()
    print_importing()
    print_size()
    print_hostile()
    print_busy()


if __name__ == "__main__":
    main()
