"""Ask those who issued certificates whether they were revoked: over the network, and only when somebody wants that."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from functools import partial
from typing import Any, Self

from pipeline.dossier.signed import Informant
from pipeline.language import _
from pipeline.signing.evidence import Evidence, sound_crls, sound_ocsps

_SECONDS_EACH = 8.0
"""That one server may take."""
_MOST_BYTES = 40_000_000
"""Of one answer, unpacked; the largest lists of revoked certificates take a few millions."""


class Asker:
    """Asks about each certificate once, first for an answer (OCSP), then for the whole list (CRL).

    Only addresses in certificates that lead to a trusted root are asked, so that a stranger's file names no address.

    Args:
        seconds: that all of it may take; what was not answered by then is not.
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._end = 0.0
        self._session: Any = None
        self._fetchers: Any = None
        self._said: dict[tuple[bytes, str], tuple[Any, ...]] = {}

    async def __aenter__(self) -> Self:
        import aiohttp
        from pyhanko_certvalidator.fetchers.aiohttp_fetchers import AIOHttpFetcherBackend
        from pyhanko_certvalidator.fetchers.api import FetchLimits

        loop = asyncio.get_running_loop()
        loop.set_exception_handler(lambda _loop, _context: None)  # of what pyHanko leaves running when time is up
        self._end = loop.time() + self._seconds
        # trust_env: the proxy that the machine names
        self._session = aiohttp.ClientSession(trust_env=True, response_class=_bounded())
        backend = AIOHttpFetcherBackend(
            self._session, per_request_timeout=min(_SECONDS_EACH, self._seconds), limits=FetchLimits(max_requests=50)
        )
        self._fetchers = backend.get_fetchers()
        return self

    async def __aexit__(self, *_exception: object) -> None:
        await self._session.close()

    async def answers(self, path: Any) -> Evidence:
        """Ask about every certificate of a path but its root; what gives no answer is left out."""
        from pyhanko_certvalidator.util import get_ocsp_urls

        got: list[Any] = []
        for certificate in path.iter_certs(include_root=False):
            if get_ocsp_urls(certificate):
                authority = path.find_issuing_authority(certificate)
                fetch = partial(self._fetchers.ocsp_fetcher.fetch, certificate, authority)
                got += await self._ask(certificate, "ocsp", fetch)
        return Evidence(Informant.ONLINE, ocsps=sound_ocsps(one.dump() for one in got))

    async def lists(self, path: Any) -> Evidence:
        """Fetch the lists of revoked certificates that every certificate of a path but its root names."""
        got: list[Any] = []
        for certificate in path.iter_certs(include_root=False):
            if certificate.crl_distribution_points:
                fetch = partial(self._fetchers.crl_fetcher.fetch, certificate)
                got += await self._ask(certificate, "crl", fetch)
        return Evidence(Informant.ONLINE, crls=sound_crls(one.dump() for one in got))

    async def _ask(self, certificate: Any, kind: str, fetch: Callable[[], Awaitable[Any]]) -> tuple[Any, ...]:
        key = (certificate.sha256, kind)
        if key in self._said:
            return self._said[key]
        left = self._end - asyncio.get_running_loop().time()
        try:
            got = await asyncio.wait_for(fetch(), max(0.0, left))
        except Exception:  # noqa: BLE001 - a server may say anything, and the libraries trip over it in their own ways
            self._said[key] = ()
        else:
            self._said[key] = tuple(got) if kind == "crl" else (got,)
        return self._said[key]


def _bounded() -> Any:
    """Give aiohttp's answer of a server, which fails beyond a size: else a server goes on sending."""
    import aiohttp

    class Bounded(aiohttp.ClientResponse):
        async def read(self) -> bytes:
            parts: list[bytes] = []
            size = 0
            async for part in self.content.iter_chunked(65_536):
                size += len(part)
                if size > _MOST_BYTES:
                    raise aiohttp.ClientPayloadError(f"more than {_MOST_BYTES} bytes")
                parts.append(part)
            return b"".join(parts)

    return Bounded


def why_unanswered(path: Any) -> str:
    """Say, in plain Dutch, why nobody told whether the certificates of a path were revoked."""
    from pyhanko_certvalidator.util import get_ocsp_urls

    named = [
        *(url for one in path.iter_certs(include_root=False) for url in get_ocsp_urls(one)),
        *(url for one in path.iter_certs(include_root=False) for url in _list_urls(one)),
    ]
    if not named:
        return _("de certificaten noemen geen adres om dat te vragen")
    return _("er kwam geen bruikbaar antwoord van {servers}").format(
        servers=", ".join(dict.fromkeys(f"«{url}»" for url in named))
    )


def _list_urls(certificate: Any) -> Iterable[str]:
    return [str(point.url) for point in certificate.crl_distribution_points if point.url]
