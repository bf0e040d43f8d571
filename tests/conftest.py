"""How many examples a property is tried with: few in the quick tier, many in the long one."""

import os

from hypothesis import settings

settings.register_profile("quick", max_examples=20, deadline=None)
settings.register_profile("thorough", max_examples=1000, deadline=None)
settings.load_profile(os.environ.get("HEARTWOOD_EXAMPLES", "quick"))
