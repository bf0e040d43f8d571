"""The ways that compassion takes: four strands, and three directions in which each can be walked."""

STRANDS = ("notice", "be-moved", "wish", "ready-to-act")
"""As compassion unfolds: recognising, feeling concern, wishing relief, being ready to act."""

DIRECTIONS = ("self", "others", "from-others")
