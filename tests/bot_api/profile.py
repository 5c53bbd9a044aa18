"""The methods about the bot itself: who it is, its commands and how it is described."""

import json
from collections.abc import Callable
from typing import Any

from tests.bot_api.replies import bad_request
from tests.bot_api.state import Params, State
from tests.bot_api.validation import checked_commands

LONGEST = {"description": 512, "short_description": 120}


def get_me(state: State, params: Params) -> dict[str, Any]:
    """What getMe returns."""
    return state.bot | {
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": True,
        "supports_guest_queries": True,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def set_my_commands(state: State, params: Params) -> bool:
    """What setMyCommands does; raises ApiError."""
    state.commands[_command_list(params)] = checked_commands(params)
    return True


def delete_my_commands(state: State, params: Params) -> bool:
    """What deleteMyCommands does."""
    state.commands.pop(_command_list(params), None)
    return True


def get_my_commands(state: State, params: Params) -> list[dict[str, str]]:
    """What getMyCommands returns: the list of exactly this scope and language."""
    return state.commands.get(_command_list(params), [])


def setter(field: str) -> Callable[[State, Params], bool]:
    """What setMyDescription or setMyShortDescription does, in one language or for all others."""

    def set_it(state: State, params: Params) -> bool:
        if len(params.get(field, "")) > LONGEST[field]:
            raise bad_request(f"BOT_{field.upper()}_TOO_LONG")
        state.descriptions[field, params.get("language_code", "")] = params.get(field, "")
        return True

    return set_it


def getter(field: str) -> Callable[[State, Params], dict[str, str]]:
    """What getMyDescription or getMyShortDescription returns: the user's language, else the one for all."""

    def get_it(state: State, params: Params) -> dict[str, str]:
        languages = (params.get("language_code", ""), "")
        known = (state.descriptions.get((field, language)) for language in languages)
        return {field: next((description for description in known if description), "")}

    return get_it


def _command_list(params: Params) -> tuple[str, str]:
    scope = params.get("scope") or {"type": "default"}
    return json.dumps(scope, sort_keys=True), params.get("language_code", "")
