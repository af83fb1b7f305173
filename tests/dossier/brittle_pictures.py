"""A reader of pictures that does what the page of each says, for the tests of `lane.py`; it answers with its process."""

import json
import os
import sys
import time

SAYS, CRASHES, STALLS = range(3)


def main() -> None:
    for told in sys.stdin:
        (page, _, _), *_ = json.loads(told)
        if page == CRASHES:
            os._exit(1)
        if page == STALLS:
            time.sleep(600)
        print(json.dumps({"turn": 0, "words": [], "process": os.getpid()}), flush=True)


if __name__ == "__main__":
    main()
