"""`python -m heartwood …` is the same as the `heartwood` command."""

from heartwood.cli import main

raise SystemExit(main())
