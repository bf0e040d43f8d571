"""A certificate of one's own that cannot be used is told before anything else happens."""

from __future__ import annotations

from pathlib import Path

import pytest

from heartwood.cli import serve
from heartwood.errors import SetupError
from heartwood.web.project.options import Options
from tests.own_certificate import own_certificate


def test_a_certificate_with_its_key_is_well(tmp_path: Path) -> None:
    chain, key = own_certificate(tmp_path, name="heartwood.test")

    serve.check_certificate(Options(certificate=chain, certificate_key=key))


def test_what_cannot_be_used_is_named_with_its_remedy(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    chain, key = own_certificate(tmp_path, name="heartwood.test")
    _, of_another = own_certificate(tmp_path / "other", name="heartwood.test")
    nothing = tmp_path / "nothing.pem"
    nothing.write_text("nothing")

    for certificate, its_key in ((tmp_path / "away.pem", key), (nothing, key), (chain, of_another)):
        with pytest.raises(SetupError, match="Both are PEM files that belong together") as refused:
            serve.check_certificate(Options(certificate=certificate, certificate_key=its_key))
        assert str(certificate) in str(refused.value)
