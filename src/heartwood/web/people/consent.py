"""The text a person agrees to when they open an account, by version.

A changed text gets a new version; the words are in people/_consent.html.
"""

VERSION = "2026-11-2"
