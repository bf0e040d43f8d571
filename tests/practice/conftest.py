"""Enough examples to be worth it, few enough that the pure tests stay quick."""

from hypothesis import settings

settings.register_profile("pure", max_examples=50, deadline=None)
settings.load_profile("pure")
