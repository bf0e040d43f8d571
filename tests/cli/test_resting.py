"""While a server is made ready, whoever comes is told so, and afterwards the port is free."""

from __future__ import annotations

import json
import socket
import ssl
from http.client import HTTPConnection, HTTPResponse, HTTPSConnection
from pathlib import Path

import pytest

from heartwood.cli import resting
from heartwood.web.project.options import Options
from tests.own_certificate import own_certificate


@pytest.fixture
def options() -> Options:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return Options(host="127.0.0.1", port=probe.getsockname()[1])


def _asked(options: Options, verb: str, path: str, body: bytes = b"") -> tuple[HTTPResponse, bytes]:
    connection = HTTPConnection(options.host, options.port, timeout=5)
    connection.request(verb, path, body=body)
    answer = connection.getresponse()
    return answer, answer.read()


@pytest.mark.parametrize(("verb", "path"), [("GET", "/"), ("GET", "/today/?a=b"), ("POST", "/lines/")])
def test_every_page_says_that_it_is_back_in_a_moment(options: Options, verb: str, path: str) -> None:
    with resting.answering(options):
        answer, body = _asked(options, verb, path, body=b"body=The+kettle")

    assert (answer.status, answer.headers["Retry-After"]) == (503, "10")
    assert b"Everything kept is still there" in body
    assert b"<style" not in body and b" style=" not in body and b"<script" not in body


def test_a_device_is_told_to_keep_what_it_has(options: Options) -> None:
    with resting.answering(options):
        answer, body = _asked(options, "PUT", "/api/reflections/1", body=b"{}")

    assert (answer.status, answer.headers["Content-Type"]) == (503, "application/problem+json")
    assert json.loads(body)["status"] == 503


@pytest.mark.parametrize("path", sorted(resting.FILES))
def test_what_the_page_needs_is_there(options: Options, path: str) -> None:
    with resting.answering(options):
        page, body = _asked(options, "GET", "/")
        answer, _ = _asked(options, "GET", path)

    assert path.encode() in body
    assert answer.status == 200


@pytest.mark.parametrize("path", ["/static/kit/../../../../../etc/passwd", "/static/kit/fresh.js"])
def test_no_other_file_is_given_out(options: Options, path: str) -> None:
    with resting.answering(options):
        assert _asked(options, "GET", path)[0].status == 503


def test_afterwards_the_port_is_free_and_while_it_is_taken_the_block_still_runs(options: Options) -> None:
    with resting.answering(options):
        _asked(options, "GET", "/")
        with resting.answering(options):
            pass

    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind((options.host, options.port))


@pytest.fixture
def secure(options: Options, tmp_path: Path) -> Options:
    """The same with a certificate given to the server itself."""
    chain, key = own_certificate(tmp_path, name="heartwood.test")
    return options.model_copy(update={"certificate": chain, "certificate_key": key})


def test_with_a_certificate_of_its_own_it_is_said_over_https(secure: Options) -> None:
    trusting = ssl.create_default_context(cafile=str(secure.certificate))
    connection = HTTPSConnection(secure.host, secure.port, timeout=5, context=trusting)

    with resting.answering(secure):
        connection.request("GET", "/today/")
        answer = connection.getresponse()
        body = answer.read()

    assert (answer.status, b"Back in a moment" in body) == (503, True)


def test_whoever_speaks_plain_http_to_it_holds_up_nobody(secure: Options) -> None:
    trusting = ssl.create_default_context(cafile=str(secure.certificate))
    with resting.answering(secure), socket.create_connection((secure.host, secure.port)) as silent:
        silent.sendall(b"GET / HTTP/1.1\r\n")
        connection = HTTPSConnection(secure.host, secure.port, timeout=5, context=trusting)
        connection.request("HEAD", "/")

        assert connection.getresponse().status == 503


def test_a_certificate_that_cannot_be_used_does_not_keep_the_block_from_running(
    options: Options, tmp_path: Path
) -> None:
    (tmp_path / "chain.pem").write_text("nothing")
    broken = options.model_copy(
        update={"certificate": tmp_path / "chain.pem", "certificate_key": tmp_path / "chain.pem"}
    )
    with resting.answering(broken):
        pass

    with resting.answering(options):
        assert _asked(options, "GET", "/")[0].status == 503
