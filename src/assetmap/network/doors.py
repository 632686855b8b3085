"""Where stops meet the streets: the stop itself, or the entrances of its station."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd
import shapely
from scipy.sparse import coo_array
from scipy.sparse.csgraph import dijkstra

from assetmap.network.impedance import CM_A_MINUTE

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from assetmap.frames.timetable import Timetable

CM_A_SECOND = CM_A_MINUTE / 60


class Doors(NamedTuple):
    """Places at which stops are entered and left, one row a stop and place.

    Attributes
    ----------
    stop
        int64: code of the stop.
    xy
        float64, metres.
    in_cm, out_cm
        int64, centimetres of level walking between the place and the platform; -1 where there
        is no way.
    """

    stop: NDArray[np.int64]
    xy: NDArray[np.float64]
    in_cm: NDArray[np.int64]
    out_cm: NDArray[np.int64]


def doors_of(timetable: Timetable, stop_ids: pd.Index, *, step_free: bool) -> Doors:
    """The doors of some stops.

    A platform whose station has pathways is entered by the station's entrances, along the
    pathways (without stairs and escalators where ``step_free``); one whose station only has
    entrances, by each of them and a straight walk at 80 m/min. Any other stop is its own door.
    """
    stops = timetable.stops.set_index("stop_id")
    wanted = stops.loc[stop_ids]
    xy = shapely.get_coordinates(wanted.geometry)
    gates = stops[(stops["kind"] == "entrance") & stops["parent_id"].notna()]
    gates = gates.assign(gate_id=gates.index, gate_xy=list(shapely.get_coordinates(gates.geometry)))
    pairs = pd.DataFrame({"stop": np.arange(len(stop_ids)), "parent_id": wanted["parent_id"]})
    pairs = pairs.dropna().merge(
        gates[["parent_id", "gate_id", "gate_xy"]], how="inner", on="parent_id"
    )
    own = np.setdiff1d(np.arange(len(stop_ids)), pairs["stop"])
    zeros = np.zeros(len(own), np.int64)
    plain = Doors(own, xy[own], zeros, zeros)
    if not len(pairs):
        return plain
    code = pairs["stop"].to_numpy(np.int64)
    gate_xy = np.stack(pairs["gate_xy"].to_list())
    crow = np.rint(np.hypot(*(gate_xy - xy[code]).T) * 100).astype(np.int64)
    stations = _in_stations(timetable.pathways, step_free=step_free)
    gate_ids, platform_ids = pairs["gate_id"].to_list(), stop_ids[code].to_list()
    inward = stations.least(gate_ids, platform_ids, otherwise=crow)
    outward = stations.least(platform_ids, gate_ids, otherwise=crow)
    return Doors(
        np.r_[plain.stop, code],
        np.r_[plain.xy, gate_xy],
        np.r_[plain.in_cm, inward],
        np.r_[plain.out_cm, outward],
    )


class _Stations(NamedTuple):
    """Least walks between all ends of pathways, in centimetres; infinite where there is none."""

    ids: pd.Index
    known: pd.Index
    cm: NDArray[np.float64]

    def least(
        self, starts: list[str], stops: list[str], *, otherwise: NDArray[np.int64]
    ) -> NDArray[np.int64]:
        """The walks between pairs; for platforms that no pathway knows, ``otherwise``."""
        u, v = self.ids.get_indexer(pd.Index(starts)), self.ids.get_indexer(pd.Index(stops))
        found = np.full(len(u), np.inf)
        both = (u >= 0) & (v >= 0)
        found[both] = self.cm[u[both], v[both]]
        charted = pd.Index(starts).isin(self.known) & pd.Index(stops).isin(self.known)
        within = np.where(np.isfinite(found), found, -1)
        return np.where(charted, within, otherwise).astype(np.int64)


def _in_stations(pathways: pd.DataFrame, *, step_free: bool) -> _Stations:
    known = pd.Index(pd.concat([pathways["from_id"], pathways["to_id"]]).unique())
    usable = pathways[pathways["step_free"]] if step_free else pathways
    ids = pd.Index(sorted(set(known)))
    # A walk of nothing is no arc to scipy: a centimetre stands for it.
    cm = np.maximum(np.rint(usable["walk_s"].to_numpy() * CM_A_SECOND), 1.0)
    arcs = usable.assign(
        u=ids.get_indexer(usable["from_id"]), v=ids.get_indexer(usable["to_id"]), cm=cm
    )
    arcs = arcs.groupby(["u", "v"], as_index=False).agg(cm=("cm", "min"))
    graph = coo_array((arcs["cm"], (arcs["u"], arcs["v"])), shape=(len(ids), len(ids)))
    least = dijkstra(graph.tocsr()) if len(ids) else np.zeros((0, 0))
    return _Stations(ids, known, np.asarray(least))
