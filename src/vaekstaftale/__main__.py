"""`python -m vaekstaftale`."""

import sys

from vaekstaftale.cli import main

sys.exit(main())
