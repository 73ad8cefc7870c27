"""A table as csv text: UTF-8 with mark, numbers to six decimals, no cell a live formula."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from efficiency._doors.signs import MAY_NEED_CARE, is_formula, visible
from efficiency.report.sheet.cell_values import different_texts

_MARK = b"\xef\xbb\xbf"
#: Rows that are written at once; Arrow joins no more than 2 GB of text.
#: Of a table of more rows the csv file has the first, and a file of parquet beside it all.
MOST_LINES = 1_000_000
_AT_ONCE = 100_000
#: Between these Python writes numbers as Arrow does, but for the nought of whole ones.
_SMALL, _LARGE = 1e-4, 1e9
#: What makes a cell stand in quotes.
_SPECIAL = '[",\n\r]'


def csv_bytes(frame: pd.DataFrame) -> bytes:
    r"""
    A table as csv: UTF-8 with mark, numbers to six decimals, no cell a live formula.

    Notes
    -----
    By columns, in Arrow: Python's own writer takes several times as long over a million rows.

    Examples
    --------
    >>> csv_bytes(pd.DataFrame({"a": ["=1+1"], "b": [0.1 + 0.2]})).decode("utf-8-sig")
    "a,b\n'=1+1,0.3\n"
    """
    head = frame.iloc[:0].to_csv(index=False, lineterminator="\n")
    lines = (_lines(frame.iloc[at : at + _AT_ONCE]) for at in range(0, len(frame), _AT_ONCE))
    return b"".join([_MARK, head.encode(), *lines])


def _lines(rows: pd.DataFrame) -> bytes:
    cells = [_cells(rows.iloc[:, place]) for place in range(len(rows.columns))]
    if len(cells) == 1:  # an empty line would be no row
        cells = [pc.if_else(pc.equal(cells[0], ""), '""', cells[0])]
    joined = pc.binary_join_element_wise(*cells, ",") if cells else pa.array([""] * len(rows))
    lines = pc.binary_join_element_wise(joined, "", "\n")
    _, ends, text = lines.buffers()
    until = np.frombuffer(ends, dtype="int32")[len(rows)]
    return bytes(text[:until]) if text is not None else b""


def _cells(values: pd.Series) -> pa.Array:
    """The cells of a column as they stand in the file; what is missing is empty."""
    if pd.api.types.is_datetime64_any_dtype(values):
        moments = pa.array(values, from_pandas=True).cast(pa.timestamp("us"), safe=False)
        texts = moments.cast(pa.string())
        return _filled(pc.replace_substring_regex(texts, r"\.000000$", ""))
    if pd.api.types.is_float_dtype(values):
        return _numbers(values.to_numpy("float64", na_value=np.nan))
    if pd.api.types.is_bool_dtype(values):
        truths = pa.array(values, pa.bool_(), from_pandas=True)
        return _filled(pc.if_else(truths, "True", "False"))
    if pd.api.types.is_integer_dtype(values):
        return _filled(pa.array(values, from_pandas=True).cast(pa.string()))
    texts = different_texts(values)
    if texts is None:
        return _quoted(_filled(pa.array(_one_by_one(values), pa.string())))
    each = _quoted(_harmless(texts.dictionary))
    return _filled(each.take(texts.indices))


def _filled(texts: pa.Array) -> pa.Array:
    return pc.fill_null(texts, "")


def _numbers(values: np.ndarray) -> pa.Array:
    """Numbers to six decimals, as Python writes them."""
    rounded = np.round(values, 6)
    texts = pa.array(rounded, from_pandas=True).cast(pa.string())
    with np.errstate(invalid="ignore"):
        whole = rounded % 1 == 0
        size = np.abs(rounded)
        usual = ((size >= _SMALL) & (size < _LARGE)) | (size == 0) | np.isnan(size)
    texts = pc.if_else(pa.array(whole), pc.binary_join_element_wise(texts, ".0", ""), texts)
    rare = pa.array([repr(one) for one in rounded[~usual].tolist()], pa.string())
    return _filled(pc.replace_with_mask(texts, pa.array(~usual), rare))


def _one_by_one(values: pd.Series) -> list[str | None]:
    """Values of many kinds as cells: only what is a text may be taken for a formula."""
    return [
        None if missing else _careful(value) if isinstance(value, str) else str(value)
        for value, missing in zip(values, values.isna(), strict=True)
    ]


def _harmless(texts: pa.Array) -> pa.Array:
    """Texts that no spreadsheet takes for a formula, and in which people see every sign."""
    care = pc.match_substring_regex(texts, MAY_NEED_CARE)
    chosen = pa.array([_careful(one) for one in texts.filter(care).to_pylist()], pa.string())
    return pc.replace_with_mask(texts, care, chosen)


def _careful(text: str) -> str:
    return f"'{visible(text)}" if is_formula(text) else visible(text)


def _quoted(texts: pa.Array) -> pa.Array:
    special = pc.match_substring_regex(texts, _SPECIAL)
    doubled = pc.replace_substring(texts, '"', '""')
    return pc.if_else(special, pc.binary_join_element_wise('"', doubled, '"', ""), texts)
