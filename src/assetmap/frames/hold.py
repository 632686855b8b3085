"""Hold a table to its contract as it changes hands, and hand on its one canonical form."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, cast

import numpy as np
import pandas as pd

from assetmap.errors import ContractError, Fault
from assetmap.frames.contract import GEOMETRIES, Column, Contract

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

DTYPES = {"text": "str", "int": "int64", "float": "float64", "bool": "bool"}
MOST_FAULTS = 20
MOST_PLACES = 2**62


def table_of(
    contract: Contract, columns: Mapping[str, Any], *, crs: str | None = None
) -> pd.DataFrame:
    """A held table from columns by name; optional columns that are left out become empty.

    Raises
    ------
    ContractError
        As :func:`hold`.
    """
    filled = dict(columns)
    size = max((len(value) for value in filled.values()), default=0)
    for column in contract.columns:
        if column.nullable and column.name not in filled:
            filled[column.name] = [None] * size
    return hold(pd.DataFrame(filled), contract, crs=crs)


def hold(table: pd.DataFrame, contract: Contract, *, crs: str | None = None) -> pd.DataFrame:
    """The table in canonical form: columns and rows in order, floats rounded, kinds exact.

    Row order of the input means nothing: the result is sorted by the contract's key. A table
    with a geometry column comes back as a GeoDataFrame in ``crs``.

    Raises
    ------
    ContractError
        With every fault found: missing and unknown columns, kinds, bounds, choices, empty cells,
        keys that occur twice, wrong geometry, wrong CRS.
    """
    _refuse(_faults_of_columns(table, contract))
    typed = _typed(table, contract)
    settled, once = typed, rises(typed, contract.key)
    if not once:
        place = places_in(typed, contract.key)
        order = np.argsort(place, kind="stable")
        settled, once = typed.take(order), bool(np.diff(place[order]).all())
    if not once or not is_sound(typed, contract):
        _refuse(faults_of_rows(typed, contract))
    settled = settled.reset_index(drop=True)
    if contract.geometry is None:
        return settled
    return _with_crs(settled, contract, crs=crs)


def _refuse(faults: list[Fault]) -> None:
    if faults:
        more = len(faults) - MOST_FAULTS
        extra = [Fault(what=f"and {more} more faults of this table")] if more > 0 else []
        raise ContractError([*faults[:MOST_FAULTS], *extra])


def _faults_of_columns(table: pd.DataFrame, contract: Contract) -> list[Fault]:
    missing = [name for name in contract.names if name not in table.columns]
    unknown = [str(name) for name in table.columns if name not in contract.names]
    where = f"table {contract.name}"
    return [Fault(what=f"column '{name}' is missing", where=where) for name in missing] + [
        Fault(what=f"column '{name}' is not in the contract", where=where) for name in unknown
    ]


def _typed(table: pd.DataFrame, contract: Contract) -> pd.DataFrame:
    """The columns in the contract's order, kinds and decimals."""
    faults: list[Fault] = []
    columns: dict[str, Any] = {}
    for column in contract.columns:
        values = table[column.name].reset_index(drop=True)
        try:
            columns[column.name] = _as_kind(values, column)
        except (TypeError, ValueError) as error:
            what = f"column '{column.name}' should be {column.kind}: {error}"
            faults.append(Fault(what=what, where=f"table {contract.name}"))
    _refuse(faults)
    return pd.DataFrame(columns)


def _as_kind(values: pd.Series, column: Column) -> pd.Series:
    if column.kind in GEOMETRIES:
        return values
    if column.kind == "int" and column.nullable:
        return values.astype("Int64")
    if column.kind == "text" and column.nullable:
        return values.astype("str").where(values.notna(), None).astype("str")
    typed = values.astype(DTYPES[column.kind])  # type: ignore[call-overload] # its stub wants a literal
    if column.kind == "float" and column.decimals is not None:
        typed = typed.round(column.decimals) + 0.0  # + 0.0: no negative zero in a file
    return cast("pd.Series", typed)


def rises(table: pd.DataFrame, key: Sequence[str]) -> bool:
    """Whether rows stand in order of the key, none twice; where a key is empty, it is not seen.

    Much quicker to tell than the order of rows that do not.
    """
    higher = np.zeros(max(len(table) - 1, 0), dtype=np.bool_)
    equal = ~higher
    for name in key:
        values = table[name].array
        above, same = (
            pd.array(found).to_numpy(dtype=np.bool_, na_value=False)
            for found in (values[1:] > values[:-1], values[1:] == values[:-1])
        )
        higher |= equal & above
        equal &= same
    return bool(higher.all())


def places_in(table: pd.DataFrame, key: Sequence[str]) -> NDArray[np.int64]:
    """The place of each row in order of the key; rows with the same key share one."""
    place = np.zeros(len(table), dtype=np.int64)
    for name in key:
        codes, known = pd.factorize(table[name], sort=True)
        codes = np.where(codes < 0, len(known), codes)  # what is empty comes last
        if int(place.max(initial=0)) * (len(known) + 1) > MOST_PLACES:
            place = np.unique(place, return_inverse=True)[1].astype(np.int64)
        place = place * (len(known) + 1) + codes
    return place


def is_sound(table: pd.DataFrame, contract: Contract) -> bool:
    """Whether every row is as the contract says; what is wrong, :func:`faults_of_rows` tells."""
    return all(
        _within(table[column.name], column)
        for column in contract.columns
        if column.kind not in GEOMETRIES
    )


def _within(values: pd.Series, column: Column) -> bool:
    if values.hasnans and not column.nullable:
        return False
    if column.low is None and column.high is None and not column.choices:
        return True
    known = values.dropna() if values.hasnans else values
    return bool(
        (column.low is None or (known >= column.low).all())
        and (column.high is None or (known <= column.high).all())
        and (not column.choices or set(known.unique()) <= set(column.choices))
    )


def faults_of_rows(table: pd.DataFrame, contract: Contract) -> list[Fault]:
    """What pandera finds in the rows, each told once with a few examples."""
    import pandera.errors  # noqa: PLC0415 - a second of import, paid only when something is wrong

    plain = table.drop(columns=[contract.geometry.name]) if contract.geometry else table
    try:
        _schema(contract).validate(plain, lazy=True)
    except pandera.errors.SchemaErrors as error:
        return _told(error.failure_cases, contract)
    return []


@lru_cache
def _schema(contract: Contract) -> Any:  # noqa: ANN401 - pandera has no types to give
    import pandera.pandas as pa  # noqa: PLC0415 - as above

    columns = {
        column.name: pa.Column(
            checks=list(_checks(column)), nullable=column.nullable, required=True
        )
        for column in contract.columns
        if column.kind not in GEOMETRIES
    }
    return pa.DataFrameSchema(columns, unique=list(contract.key), strict=True)


def _checks(column: Column) -> Iterable[Any]:
    import pandera.pandas as pa  # noqa: PLC0415 - as above

    if column.low is not None:
        yield pa.Check.ge(column.low, error=f"at least {column.low:g}")
    if column.high is not None:
        yield pa.Check.le(column.high, error=f"at most {column.high:g}")
    if column.choices:
        yield pa.Check.isin(column.choices, error=f"one of {', '.join(column.choices)}")


def _told(cases: pd.DataFrame, contract: Contract) -> list[Fault]:
    faults = []
    for (column, check), rows in cases.groupby(["column", "check"], dropna=False, sort=True):
        examples = ", ".join(sorted({str(case) for case in rows["failure_case"]})[:5])
        whole = ", ".join(contract.key) if "unique" in str(check) else column
        faults.append(
            Fault(
                what=f"{whole}: not {check} in {len(rows)} places, for example {examples}",
                where=f"table {contract.name}",
            )
        )
    return faults


def _with_crs(table: pd.DataFrame, contract: Contract, *, crs: str | None) -> pd.DataFrame:
    import geopandas as gpd  # noqa: PLC0415 - plain tables do not pay for it

    column = contract.geometry
    if column is None:
        return table
    shapes = gpd.GeoSeries(table[column.name])
    faults = []
    if shapes.crs is None and crs is None:
        faults.append(Fault(what="geometry without a CRS", where=f"table {contract.name}"))
    if shapes.crs is not None and crs is not None and shapes.crs != crs:
        what = f"geometry is in {shapes.crs.to_string()}, expected {crs}"
        faults.append(Fault(what=what, where=f"table {contract.name}"))
    empty = shapes.isna() | shapes.is_empty
    if empty.any() and not column.nullable:
        faults.append(Fault(what=f"{int(empty.sum())} empty shapes", where=contract.name))
    wrong = ~shapes[~empty].geom_type.isin(GEOMETRIES[column.kind])
    if wrong.any():
        what = f"{int(wrong.sum())} shapes that are not {column.kind}s"
        faults.append(Fault(what=what, where=f"table {contract.name}"))
    _refuse(faults)
    return cast(
        "pd.DataFrame", gpd.GeoDataFrame(table, geometry=column.name, crs=shapes.crs or crs)
    )
