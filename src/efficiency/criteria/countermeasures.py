"""What may be done about a finding: measures that the study documents name, with their source."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib import resources

from pydantic import Field

from efficiency._doors.toml import Strict, read_settings
from efficiency.criteria.catalogue import Text

#: The documents that the catalogue quotes, by its codes.
_DOCUMENTS = {
    "S0": "区政府系统办公室“转作风提效能抓落实”调研报告",
    "S1": "区委办公室“强化自身建设 提升服务水平”",
    "S2": "全市政府系统办公室主任会议讲话",
    "S3": "县“机关效能建设”思考",
    "S4": "市府办“创先争优”半年工作报告",
    "C.1": "公文处理规定",
    "C.2": "各地公文办理时限规定",
    "C.4": "督查、效能和服务制度",
}
_CODE = re.compile(r"(?:S[0-4]|C\.[124]) ?(?=“)")


class Countermeasure(Strict):
    """
    One measure.

    Attributes
    ----------
    id
        Its key.
    name, wording
        What it is called, and what is done.
    source
        The document that names it, with the words quoted.
    kinds
        The kinds of finding that it answers, whatever they are about.
    causes
        If there are any: of these kinds, only findings of one of these causes.
    rules
        The patterns of the catalogue whose rules it answers.
    """

    id: str
    name: Text
    wording: Text
    source: str = Field(min_length=1)
    kinds: tuple[str, ...] = ()
    causes: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()

    @property
    def cited(self) -> str:
        """The source with the documents called by their names."""
        return _CODE.sub(lambda code: _DOCUMENTS[code[0].strip()], self.source)

    @property
    def documents(self) -> str:
        """The documents of its source, without the words quoted."""
        codes = (code[0].strip() for code in _CODE.finditer(self.source))
        return "、".join(dict.fromkeys(_DOCUMENTS[code] for code in codes))

    def answers(self, kind: str, subject: Mapping[str, str]) -> bool:
        """Tell whether it answers a finding of a kind about a subject."""
        if kind == "rule":
            return _pattern(subject.get("rule_id", "")) in self.rules
        named = not self.causes or subject.get("cause") in self.causes
        return kind in self.kinds and named


class _Countermeasures(Strict):
    countermeasures: tuple[Countermeasure, ...]


def _pattern(rule_id: str) -> str:
    """The pattern of a rule of the catalogue: P7 of P7A."""
    match = re.fullmatch(r"([PM]\d+)[A-Z]?", rule_id)
    return match[1] if match else ""


@cache
def countermeasures() -> tuple[Countermeasure, ...]:
    """
    Every measure, in the order of the catalogue.

    Examples
    --------
    >>> countermeasures()[0].name.zh
    '限时办结'
    """
    place = resources.files("efficiency.criteria") / "countermeasures.toml"
    with resources.as_file(place) as path:
        return read_settings(_Countermeasures, path).countermeasures


def offered(kind: str, subject: Mapping[str, str]) -> tuple[Countermeasure, ...]:
    """
    The measures that the documents name for a finding.

    Parameters
    ----------
    kind, subject
        Of the finding.

    Returns
    -------
    tuple
        In the order of the catalogue. Empty where no document names one: none is made up. Rules
        that an office wrote itself are known only where they bear the number of a pattern.

    Examples
    --------
    >>> [measure.name.zh for measure in offered("rule", {"rule_id": "P7A"})]
    ['一次性告知', '不合格来文当日退回并说明理由']
    >>> offered("slow_group", {"attribute": "处室"})
    ()
    """
    return tuple(measure for measure in countermeasures() if measure.answers(kind, subject))
