"""The log: on stderr, and without the token, whoever writes it."""

import logging

_FORM = "%(asctime)s %(levelname)s %(name)s: %(message)s"


class _Redacted(logging.Formatter):
    """Blacks a secret out of messages and tracebacks alike."""

    def __init__(self, secret: str) -> None:
        super().__init__(_FORM)
        self._secret = secret

    def format(self, record: logging.LogRecord) -> str:
        text = super().format(record)
        return text.replace(self._secret, "[token]") if self._secret else text


def begin_log(level: str, *, secret: str) -> None:
    """Log from `level` up; of libraries only what nobody else tells."""
    handler = logging.StreamHandler()
    handler.setFormatter(_Redacted(secret))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for chatty in ("httpx", "httpcore", "sentence_transformers"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # a page without text is told to whoever sent it
    logging.getLogger("telegram.ext").setLevel(logging.CRITICAL)  # its errors come to our handler as well
