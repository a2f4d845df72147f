"""Fails unless two runs have the same spikes, in whole and one by one."""
import json
import sys
import zipfile

a, b = sys.argv[1:3]
manifests = [json.load(open(f"{run}/manifest.json")) for run in (a, b)]
assert manifests[0]["spike_hash"] == manifests[1]["spike_hash"], manifests
assert manifests[0]["spikes"] > 100, manifests[0]["spikes"]
archives = [zipfile.ZipFile(f"{run}/spikes.npz") for run in (a, b)]
names = sorted(archives[0].namelist())
assert names and names == sorted(archives[1].namelist()), names
for name in names:
    assert archives[0].read(name) == archives[1].read(name), name
