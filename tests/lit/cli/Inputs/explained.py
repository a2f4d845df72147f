"""Fails unless what `snn explain --chip` says agrees with the report of `snn
map`: explained.py EXPLANATION REPORT."""
import json
import sys

explained, report = (json.load(open(name)) for name in sys.argv[1:])
shares = sum(one["messages"] for one in explained["messages"])
assert report["messages"] > 0
assert abs(shares - report["messages"]) < 1e-6 * report["messages"], shares
sizes = {name: sum(core["neurons"] for core in cores)
         for name, cores in explained["populations"].items()}
assert sizes == {"E": 300, "I": 80}, sizes
assert explained["cores"] == report["cores"]
assert max(explained["bounds"].values()) == explained["cores_bound"]
core = explained["explained_cores"][0]
mine = next(one for one in report["per_core"]
            if (one["x"], one["y"]) == (core["x"], core["y"]))
assert core["resources"]["neurons"]["used"] == mine["neurons"]
assert core["resources"]["axons"]["used"] == mine["axons"]
share = max(one["used"] / one["limit"] for one in core["resources"].values())
binds = core["resources"][core["binds"]]
assert binds["used"] / binds["limit"] == share
assert share == max(max(one["neurons"], one["axons"], one["routes"]) / 256
                    for one in report["per_core"])
