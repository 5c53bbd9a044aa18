"""A site on loopback for each test."""

from collections.abc import Callable, Iterator

import pytest

from index.fetching import NotFetched, fetch
from tests.index.fetching.site import Site, site_on_loopback


@pytest.fixture
def site() -> Iterator[Site]:
    with site_on_loopback() as site:
        yield site


@pytest.fixture
def why_not() -> Callable[..., str]:
    """What a person reads when nothing comes from an address."""

    def refused(url: str, **how: object) -> str:
        with pytest.raises(NotFetched) as caught:
            fetch(url, **how)
        return str(caught.value)

    return refused
