"""`python -m palabre.engine.evaluate FILE…`: the same as `palabre evaluate`."""

import sys

from palabre.engine.evaluate import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
