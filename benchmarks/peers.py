"""A peer's way of doing a task, in the peers' own environment: `peers.py TASK FILE MOST TURNS`.

Prints one line of JSON: the CPU seconds of the task, the median of ``TURNS`` (and of building,
where that is apart), and the peer's version. It stops after ``MOST`` CPU seconds. What has no
seconds of its own is timed as a whole process, one turn each. It knows nothing of our package.
"""

from __future__ import annotations

import json
import resource
import statistics
import sys
import time
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

TURNS = int(sys.argv[4])


def cpu(task: Callable[[], object]) -> float:
    """CPU seconds of a task, the median of the turns."""
    seconds = []
    for _ in range(TURNS):
        begun = time.process_time()
        task()
        seconds.append(time.process_time() - begun)
    return statistics.median(seconds)


def pandana_nearest(path: str) -> dict[str, object]:
    """Five categories of 1,000 places each, the nearest within 1,600 m of every node.

    For each way in which places lie: random, clustered.
    """
    import pandana  # noqa: PLC0415 - only this task needs it
    import pandas as pd  # noqa: PLC0415

    given = np.load(path)
    start = time.process_time()
    edges = pd.DataFrame({"length": given["length_m"]})
    network = pandana.Network(
        pd.Series(given["x"]), pd.Series(given["y"]), given["u"], given["v"], edges
    )
    built = time.process_time()

    def ask(places: np.ndarray) -> None:
        for category, nodes in enumerate(places):
            x, y = pd.Series(given["x"][nodes]), pd.Series(given["y"][nodes])
            network.set_pois(str(category), 1600, 1, x, y)
            network.nearest_pois(1600, str(category), num_pois=1)

    seconds = [cpu(partial(ask, places)) for places in given["places"]]
    return {"cpu_s": seconds, "build_cpu_s": built - start, "version": version("pandana")}


def scipy_nearest(path: str) -> dict[str, object]:
    """The same by one search a category from all places at once."""
    from scipy.sparse import coo_array  # noqa: PLC0415
    from scipy.sparse.csgraph import dijkstra  # noqa: PLC0415

    given = np.load(path)
    ends = np.r_[given["u"], given["v"]], np.r_[given["v"], given["u"]]
    weights = np.r_[given["length_m"], given["length_m"]]
    graph = coo_array((weights, ends), shape=(len(given["x"]),) * 2).tocsr()

    def ask(places: np.ndarray) -> None:
        for nodes in places:
            dijkstra(graph, indices=nodes, min_only=True, limit=1600)

    seconds = [cpu(partial(ask, places)) for places in given["places"]]
    return {"cpu_s": seconds, "version": version("scipy")}


def access_e2sfca(path: str) -> dict[str, object]:
    """E2SFCA with the costs of all pairs given."""
    import pandas as pd  # noqa: PLC0415
    from access import Access, weights  # noqa: PLC0415

    given = np.load(path)
    costs = pd.DataFrame(
        {"origin": given["from_code"], "dest": given["to_code"], "cost": given["cost_m"]}
    )
    people = pd.DataFrame({"people": given["people"]})
    supply = pd.DataFrame({"supply": given["supply"]})
    people.index.name, supply.index.name = "origin", "dest"
    step = weights.step_fn({400: 1, 800: 0.68, 1200: 0.22})

    def ask() -> None:
        study = Access(
            demand_df=people, demand_index=True, demand_value="people",
            supply_df=supply, supply_index=True, supply_value="supply",
            cost_df=costs, cost_origin="origin", cost_dest="dest", cost_name="cost",
        )  # fmt: skip
        study.enhanced_two_stage_fca(name="e2sfca", cost="cost", max_cost=1200, weight_fn=step)

    return {"cpu_s": cpu(ask), "version": version("access")}


def pyrosm_graph(path: str) -> dict[str, object]:
    """An extract read and made into a walking graph."""
    from pyrosm import OSM  # noqa: PLC0415

    extract = OSM(path)
    nodes, edges = extract.get_network(network_type="walking", nodes=True)
    extract.to_graph(nodes, edges, graph_type="igraph")
    return {"version": version("pyrosm")}


def osmnx_graph(path: str) -> dict[str, object]:
    """The same from XML."""
    import osmnx  # noqa: PLC0415

    osmnx.graph_from_xml(path)
    return {"version": version("osmnx")}


def spopt_mclp(path: str) -> dict[str, object]:
    """Maximal coverage solved by CBC, which is stopped after 30 s."""
    import pulp  # noqa: PLC0415
    from spopt.locate import MCLP  # noqa: PLC0415

    given = np.load(path)
    asked = json.loads(Path(path).with_name("asked.json").read_text())
    model = MCLP.from_cost_matrix(given["cost"], given["people"], asked["within"], asked["p"])
    model.solve(pulp.PULP_CBC_CMD(msg=False, timeLimit=30))
    chosen = [at for at, one in enumerate(model.fac_vars) if one.value() > 0.5]
    near = (given["cost"][:, chosen] <= asked["within"]).any(axis=1)
    covered = float(given["people"][near].sum())
    return {"peer": f"spopt {version('spopt')}, CBC", "covered": covered}


def spopt_pmedian(path: str) -> dict[str, object]:
    """p-median by CBC, which is stopped after 30 s; whoever reaches no site costs the cut-off."""
    import pulp  # noqa: PLC0415
    from spopt.locate import PMedian  # noqa: PLC0415

    given = np.load(path)
    asked = json.loads(Path(path).with_name("asked.json").read_text())
    model = PMedian.from_cost_matrix(given["cost"], given["people"], asked["p"])
    model.solve(pulp.PULP_CBC_CMD(msg=False, timeLimit=30))
    chosen = [at for at, one in enumerate(model.fac_vars) if (one.value() or 0) > 0.5]
    spent = float((given["cost"][:, chosen].min(axis=1) * given["people"]).sum()) if chosen else 0.0
    return {"peer": f"spopt {version('spopt')}, CBC", "chosen": len(chosen), "value": spent}


TASKS = {
    "spopt_mclp": spopt_mclp,
    "spopt_pmedian": spopt_pmedian,
    "pandana_nearest": pandana_nearest,
    "scipy_nearest": scipy_nearest,
    "access_e2sfca": access_e2sfca,
    "pyrosm_graph": pyrosm_graph,
    "osmnx_graph": osmnx_graph,
}

if __name__ == "__main__":
    most = int(sys.argv[3])
    resource.setrlimit(resource.RLIMIT_CPU, (most, most))
    print(json.dumps(TASKS[sys.argv[1]](sys.argv[2])))
