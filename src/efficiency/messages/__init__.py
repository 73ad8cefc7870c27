"""All that is said of inputs that cannot be used, in Chinese and in English."""

from __future__ import annotations

from efficiency.messages import (
    argument_messages,
    file_messages,
    flow_messages,
    log_messages,
    point_messages,
    rule_messages,
    setting_messages,
    standard_messages,
    survey_messages,
    what_if_messages,
)

PARTS = (
    argument_messages,
    file_messages,
    log_messages,
    setting_messages,
    standard_messages,
    rule_messages,
    flow_messages,
    survey_messages,
    point_messages,
    what_if_messages,
)
#: key -> (Chinese, English). A message says what was got, what is right and what to type.
MESSAGES: dict[str, tuple[str, str]] = {
    key: pair for part in PARTS for key, pair in part.MESSAGES.items()
}
