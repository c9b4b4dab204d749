"""Which index pip takes packages from, and how it is reached: pip's settings, and the credentials that it would use."""

from __future__ import annotations

import ast
import importlib
import importlib.util
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import SplitResult, unquote, urlsplit, urlunsplit

import requests
from requests.adapters import HTTPAdapter
from requests.auth import AuthBase, HTTPBasicAuth
from requests.utils import get_netrc_auth

_PYPI = "https://pypi.org/simple/"
# Sections of pip's files that concern a download; what stands in a later one counts more.
_SECTIONS = ("global", "download")
# How often a server is called again that does not answer the call.
_RETRIES = 3


@dataclass(frozen=True)
class PipSettings:
    """What pip is set to.

    Attributes:
        index_url: The index, with a user and a password if they stand in it.
        cert: A file of certificates to trust.
        client_cert: A file with the certificate of the client.
        proxy: The proxy for every request.
        timeout: How many seconds a server may be silent.
        trusted_hosts: Hosts whose certificates are not looked at.
    """

    index_url: str
    cert: str | None
    client_cert: str | None
    proxy: str | None
    timeout: float
    trusted_hosts: tuple[str, ...]

    @classmethod
    def read(cls, index_url: str | None = None) -> PipSettings:
        """Read pip's files, where there is a pip, and its variables.

        Args:
            index_url: The index to use, whatever pip is set to.
        """
        values = {**_from_files(), **_from_variables(os.environ)}
        try:
            timeout = float(values.get("timeout") or values.get("default-timeout") or 15)
        except ValueError:
            timeout = 15
        return cls(
            index_url or values.get("index-url") or _PYPI,
            values.get("cert"),
            values.get("client-cert"),
            values.get("proxy"),
            timeout,
            tuple(values.get("trusted-host", "").split()),
        )

    @property
    def shown_url(self) -> str:
        """The index without user and password."""
        return urlunsplit(_without_user(urlsplit(self.index_url)))

    def session(self) -> requests.Session:
        """Open a session that reaches the index as pip does."""
        session = requests.Session()
        session.headers["User-Agent"] = "truewheel-index"
        if self.cert:
            session.verify = self.cert
        session.cert = self.client_cert
        if self.proxy:
            session.proxies = {"http": self.proxy, "https": self.proxy}
        for scheme in ("http://", "https://"):
            session.mount(scheme, HTTPAdapter(max_retries=_RETRIES))
        for host in self.trusted_hosts:
            # A host without a port is trusted at every one.
            for place in (f"{host}/",) if ":" in host else (f"{host}/", f"{host}:"):
                session.mount(f"https://{place}", _Trusting(max_retries=_RETRIES))
        session.auth = _Credentials(self.index_url)
        return session


def _from_files() -> dict[str, str]:
    if importlib.util.find_spec("pip") is None:
        return {}
    words = [sys.executable, "-m", "pip", "--disable-pip-version-check", "config", "list"]
    said = subprocess.run(words, stdin=subprocess.DEVNULL, capture_output=True, text=True).stdout
    sections: dict[str, dict[str, str]] = {section: {} for section in _SECTIONS}
    for line in said.splitlines():
        name, _, value = line.partition("=")
        section, _, key = name.partition(".")
        if section in sections:
            try:
                sections[section][key] = str(ast.literal_eval(value))
            except (ValueError, SyntaxError):
                continue
    return {key: value for section in _SECTIONS for key, value in sections[section].items()}


def _from_variables(environment: Mapping[str, str]) -> dict[str, str]:
    """What variables say: PIP_INDEX_URL is the setting index-url. Empty ones count as not set."""
    return {
        name[len("PIP_") :].lower().replace("_", "-"): value
        for name, value in environment.items()
        if name.startswith("PIP_") and value
    }


def _without_user(url: SplitResult) -> SplitResult:
    return url._replace(netloc=url.netloc.rpartition("@")[2])


def _origin(url: str) -> tuple[str, str, int | None]:
    parts = urlsplit(url)
    return parts.scheme, parts.hostname or "", parts.port or {"http": 80, "https": 443}.get(parts.scheme)


class _Trusting(HTTPAdapter):
    """Reaches a host without a look at its certificate."""

    def cert_verify(self, conn: object, url: object, verify: object, cert: object) -> None:
        super().cert_verify(conn, url, False, cert)  # type: ignore[no-untyped-call]


class _Credentials(AuthBase):
    """The user and password of an index, for that index alone: those in its URL, in .netrc, in a keyring."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self._origin = _origin(url)
        self._url = urlunsplit(_without_user(parts))
        self._user = unquote(parts.username or "")
        self._password = unquote(parts.password or "")

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        url = request.url or ""
        if _origin(url) != self._origin:
            return request
        if self._user and (self._password or get_netrc_auth(url) is None):
            HTTPBasicAuth(self._user, self._password)(request)
        elif known := get_netrc_auth(url):
            HTTPBasicAuth(*known)(request)
        request.register_hook("response", self._ask)  # type: ignore[no-untyped-call]
        return request

    def _ask(self, response: requests.Response, **options: object) -> requests.Response:
        """Ask the keyring, if there is one, when the index wants to know who it is."""
        if response.status_code != 401 or importlib.util.find_spec("keyring") is None:
            return response
        try:
            credential = importlib.import_module("keyring").get_credential(self._url, self._user or None)
        except Exception:  # Any that its backends have; without one the index has said no.
            return response
        if credential is None:
            return response
        self._user, self._password = credential.username, credential.password
        response.close()
        request = HTTPBasicAuth(self._user, self._password)(response.request.copy())
        adapter: HTTPAdapter = response.connection
        again = adapter.send(request, **options)  # type: ignore[arg-type]
        again.history.append(response)
        again.request = request
        return again
