"""Only what everybody can reach is connected to, and only where it was when it was checked."""

from collections.abc import Callable, Sequence

import pytest

from index.fetching import fetch
from index.fetching.addresses import is_public
from tests.index.fetching.site import Site

WhyNot = Callable[..., str]
NOT_PUBLIC = "{} is no public site: only pages that everybody can open are fetched."


class Names:
    """A name server whose answers differ from one time to the next."""

    def __init__(self, *answers: Sequence[str]) -> None:
        self.answers, self.asked = list(answers), list[str]()

    def __call__(self, host: str, /) -> Sequence[str]:
        self.asked.append(host)
        return self.answers[min(len(self.asked), len(self.answers)) - 1]


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"])
def test_public_addresses_are_everybodys(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.1.1", "0.0.0.0"),
        *("224.0.0.1", "239.1.1.1", "255.255.255.255", "192.0.2.1", "198.18.0.1", "240.0.0.1"),
        *("::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "fec0::1", "ff02::1", "2001:db8::1"),
        *("::ffff:127.0.0.1", "::127.0.0.1", "2002:7f00:1::", "2002:a01:203::1", "64:ff9b::7f00:1"),
        *("64:ff9b:1::808:808", "2001:0:1::1", "", "localhost"),
    ],
)
def test_private_addresses_are_seen_through_whatever_wraps_them(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "LOCALHOST.", "127.1", "0x7f000001", "2130706433", "[::1]"])
def test_loopback_is_refused_however_it_is_written(site: Site, why_not: WhyNot, host: str) -> None:
    site.page("/a")
    shown = host.strip("[]").lower().rstrip(".")
    assert why_not(f"http://{host}:{site.port}/a") == NOT_PUBLIC.format(shown)
    assert site.seen == []


def test_a_name_that_leads_into_the_private_network_is_refused(site: Site, why_not: WhyNot) -> None:
    for addresses in (["127.0.0.1"], ["8.8.8.8", "127.0.0.1"], ["2606:4700::1111", "::ffff:10.0.0.1"]):
        url = f"http://innocente.test:{site.port}/"
        assert why_not(url, resolve=Names(addresses)) == NOT_PUBLIC.format("innocente.test")
    assert site.seen == []


def test_a_name_without_an_address_is_no_site(why_not: WhyNot) -> None:
    assert why_not("http://a.test/", resolve=Names([])) == "There is no site a.test: look at the address again."


def test_a_redirect_into_the_private_network_is_refused(site: Site, why_not: WhyNot) -> None:
    site.page("/segreto")
    url = site.leads("/a", f"http://localhost:{site.port}/segreto")
    assert why_not(url, allow_private=True) == NOT_PUBLIC.format("localhost")
    assert site.seen == ["/robots.txt", "/a"]


def test_a_name_is_asked_for_once_and_the_address_that_was_checked_is_connected_to(site: Site) -> None:
    names = Names(["127.0.0.1"], ["127.0.0.2"])
    site.leads("/a", "/b")
    site.page("/b")
    found = fetch(f"http://rimbalzo.test:{site.port}/a", allow_private=True, resolve=names)
    assert found.url == f"http://rimbalzo.test:{site.port}/b"
    assert names.asked == ["rimbalzo.test"]
    assert site.seen == ["/robots.txt", "/a", "/b"]
    assert {headers["Host"] for headers in site.headers} == {f"rimbalzo.test:{site.port}"}


def test_a_name_that_was_private_is_not_asked_for_again_until_it_is_public(site: Site, why_not: WhyNot) -> None:
    names = Names(["127.0.0.1"], ["8.8.8.8"])
    assert why_not(f"http://a.test:{site.port}/", resolve=names) == NOT_PUBLIC.format("a.test")
    assert names.asked == ["a.test"]


def test_of_several_addresses_the_first_that_answers_is_taken(site: Site) -> None:
    names = Names(["127.0.0.3", "127.0.0.1"])
    site.page("/a")
    assert fetch(f"http://a.test:{site.port}/a", allow_private=True, resolve=names).media_type == "text/html"


def test_names_in_any_script_are_asked_for_as_the_network_spells_them(site: Site) -> None:
    names = Names(["127.0.0.1"])
    site.page("/caff%C3%A8")
    found = fetch(f"http://perché.test:{site.port}/caffè", allow_private=True, resolve=names)
    assert names.asked == ["xn--perch-fsa.test"]
    assert found.url == f"http://xn--perch-fsa.test:{site.port}/caff%C3%A8"
