"""The address of a page that an admin sends becomes an article, and no way into the private network."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from bot.i18n import texts_for
from tests.bot.conftest import OPERATOR
from tests.bot.desk import answer, buttons, done
from tests.bot_api import READER, BotApiServer, marked

EN, IT = texts_for("en"), texts_for("it")
PAGE = """<!doctype html><html lang="en"><head><title>Bread at six</title><meta name="author" content="Ada Lino"></head>
<body><nav><a href="/">Home</a> <a href="/shop">Shop</a></nav><article><h1>Bread at six</h1>
<p>The bakery in Via Lunga opens at six in the morning, and has done so since the war, whatever the weather.</p>
<p>Its owner, Carla Monti, bakes forty loaves before the first customer comes in from the fields behind the church.</p>
</article><footer>All rights reserved</footer></body></html>"""


class _Page(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        found = self.path == "/bread"
        body = PAGE.encode() if found else b""
        self.send_response(200 if found else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Quietly."""


@pytest.fixture
def site() -> Iterator[str]:
    """The address of a small site."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _Page) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


async def test_a_page_is_previewed_added_and_quoted_with_its_address(
    api: BotApiServer, at_work, heard, settings, site: str
) -> None:
    async with at_work(settings=settings.model_copy(update={"citabot_private_pages": True})):
        api.say(f" {site}/bread ", user=OPERATOR)
        preview = await heard("editMessageText")
        assert "• Bread at six · Ada Lino · en" in preview.params["text"]
        assert "Shop" not in preview.params["text"]
        api.press(preview.result, buttons(preview)["Add"], user=OPERATOR)
        await heard("editMessageText", where=done, after=preview.number, timeout=180)
        quoted = await answer(api, heard, "When does the bakery in Via Lunga open?")
    assert "six in the morning" in marked(quoted.params)[0]
    (link,) = (entity["url"] for entity in quoted.params["entities"] if entity["type"] == "text_link")
    assert link.startswith(f"{site}/bread#:~:text=")


async def test_a_page_that_cannot_be_had_is_told_and_private_addresses_are_refused(
    api: BotApiServer, at_work, heard, site: str
) -> None:
    async with at_work():
        api.say(f"{site}/bread", user=OPERATOR)
        refused = await heard("editMessageText")
        api.say(f"{site}/bread", user=READER)
        reader = await heard(where=lambda params: params["chat_id"] == READER.id)
        api.say(f"{site}/bread", user=OPERATOR, language_code="it")
        italian = await heard("editMessageText", after=refused.number)
    for texts, told in ((EN, refused), (IT, italian)):
        assert told.params["text"] == texts("link-failed", reason=texts("fetch-private", host="127.0.0.1"))
    assert EN("link-fetching") not in reader.params["text"]
