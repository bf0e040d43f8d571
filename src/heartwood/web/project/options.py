"""Every setting of a Heartwood server, typed, in one place."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Options(BaseSettings):
    """Read from the environment as HEARTWOOD_…; `heartwood serve` sets them from its flags."""

    model_config = SettingsConfigDict(env_prefix="HEARTWOOD_", extra="ignore")

    data: Path = Field(default=Path("data"), description="folder for everything this server keeps")
    host: str = Field(default="127.0.0.1", description="address to listen on")
    port: int = Field(default=8000, ge=1, le=65535, description="port to listen on")
    url: str = Field(default="", description="public address, when a proxy stands in front")
    database_url: str = Field(default="", description="postgresql://…; empty: SQLite in the data folder")
    trusted_proxies: int = Field(
        default=0, ge=0, le=5, description="how many proxies of ours add X-Forwarded-For"
    )
    minimum_age: int = Field(default=18, ge=16, description="youngest age for an account")
    debug: bool = False

    @property
    def public_url(self) -> str:
        return (self.url or f"http://localhost:{self.port}").rstrip("/")
