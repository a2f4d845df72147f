#!/usr/bin/env python3
"""Energy follows from what was counted, by the numbers of the models.

Usage: energy.py STATS.json
"""
import json
import sys

stats = json.load(open(sys.argv[1]))
ops, spikes = stats["ops"], stats["spikes"]
assert spikes > 0 and ops["sops"] > 0 and ops["state_updates"] > 0, stats
# Spikes are read and written, events take three accesses, updates two.
assert ops["memory_accesses"] == (2*spikes + 3*ops["sops"]
                                  + 2*ops["state_updates"]), stats
for model, mac, add in (("45nm-fp32", 4.6, 0.9), ("45nm-int8", 0.23, 0.03),
                        ("lemaire-int32", 3.2, 0.1)):
    energy = stats["energy_j"][model]
    expected = 1e-12*((ops["sops"] + spikes)*add + ops["state_updates"]*mac)
    assert abs(energy["operations"]/expected - 1) < 1e-9, (model, energy)
    parts = energy["operations"] + energy["memory"] + energy["addresses"]
    assert abs(energy["total"]/parts - 1) < 1e-9, (model, energy)
    assert (energy["memory"] > 0) == (model == "lemaire-int32"), energy
# No access is cheaper than that of an empty memory.
memory = stats["energy_j"]["lemaire-int32"]["memory"]
assert memory > 13.2e-12*(ops["memory_accesses"] - 1), stats
print("energy is that of the counts")
