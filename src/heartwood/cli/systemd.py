"""`heartwood systemd`: a unit that starts Heartwood at boot, again after a failure, and with least rights."""

from __future__ import annotations

import argparse
import getpass
import os
from pathlib import Path

from heartwood.errors import SetupError
from heartwood.web.project.options import Options
from heartwood.web.project.sources import read

LOWEST_FREE_PORT = 1024


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="heartwood systemd", description=__doc__)
    parser.add_argument("--user", default=getpass.getuser(), help="who it runs as (default: you)")
    parser.add_argument("--data", type=Path, help="folder for everything this server keeps")
    asked = parser.parse_args(words)
    options = read({"data": asked.data}).options
    print(unit(options, run=_run(), user=asked.user), end="")
    return 0


def _run() -> Path:
    run = Path(__file__).parents[3] / "run"
    if not run.is_file():
        raise SetupError("This Heartwood is no checkout with its ./run, so no unit can be written for it.")
    return run


def unit(options: Options, *, run: Path, user: str) -> str:
    """The text of heartwood.service. Only the data folder can be written; the checkout is read."""
    data = options.data.absolute()
    low = "CAP_NET_BIND_SERVICE" if options.port < LOWEST_FREE_PORT else ""
    return f"""\
[Unit]
Description=Heartwood, a training in compassion
Wants=network-online.target
After=network-online.target postgresql.service

[Service]
User={user}
WorkingDirectory={_quoted(run.parent)}
ExecStart={_quoted(run, in_command=True)} serve --data {_quoted(data, in_command=True)}
Environment=PYTHONDONTWRITEBYTECODE=1
Restart=on-failure
RestartSec=5
RestartPreventExitStatus=2
TimeoutStopSec=20

ReadWritePaths={_quoted(data)}
ProtectSystem=strict
ProtectHome=read-only
PrivateTmp=yes
PrivateDevices=yes
ProtectProc=invisible
ProtectClock=yes
ProtectHostname=yes
ProtectControlGroups=yes
ProtectKernelLogs=yes
ProtectKernelModules=yes
ProtectKernelTunables=yes
NoNewPrivileges=yes
CapabilityBoundingSet={low}
AmbientCapabilities={low}
LockPersonality=yes
RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX
RestrictNamespaces=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
RemoveIPC=yes
SystemCallArchitectures=native
SystemCallFilter=@system-service
UMask=0077

[Install]
WantedBy=multi-user.target
"""


def _quoted(path: Path, *, in_command: bool = False) -> str:
    """A path as systemd reads it: % begins a specifier, and in a command a space ends a word."""
    text = os.fspath(path).replace("%", "%%")
    return f'"{text}"' if in_command and " " in text else text
