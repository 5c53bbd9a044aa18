"""What admins see of each other: what was done, by whom and when."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.i18n import Texts
from bot.state.deeds import Deed, Kind
from bot.views.writing import Reply, brief
from index.readers.making import one_line

_LONGEST_NAME, _LONGEST_ABOUT = 40, 80
_DEEDS: Mapping[Kind, str] = {
    "reindex": "deed-reindex",
    "cancel": "deed-cancel",
    "add": "deed-add",
    "remove": "deed-remove",
    "restore": "deed-restore",
    "rollback": "deed-rollback",
    "export": "deed-export",
    "appoint": "deed-appoint",
    "dismiss": "deed-dismiss",
    "invite": "deed-invite",
    "block": "deed-block",
    "unblock": "deed-unblock",
}


def deeds_reply(deeds: Sequence[Deed], names: Mapping[int, str], texts: Texts) -> Reply:
    """What admins did, newest first; people by their `names` where these are known."""
    if not deeds:
        return Reply(text=texts("record-none"))
    lines = [texts("record-heading")]
    for deed in deeds:
        about = deed.about if deed.whom is None else _name(deed.whom, names)
        parts = [moment_of(deed.at), _name(deed.admin, names), texts(_DEEDS[deed.deed])]
        lines.append(" · ".join([*parts, *([brief(about, _LONGEST_ABOUT)] if about else [])]))
    return Reply(text="\n".join(lines))


def moment_of(at: float) -> str:
    """Day and minute in this machine's time, of seconds since 1970."""
    return datetime.fromtimestamp(at).strftime("%Y-%m-%d %H:%M")


def _name(id_: int, names: Mapping[int, str]) -> str:
    return brief(one_line(names.get(id_, str(id_))), _LONGEST_NAME)
