"""Fails unless network.net, as h5dump shows it, has the layers of
lava_network.json beside it: netx.py FOLDER."""
import json
import re
import subprocess
import sys

folder = sys.argv[1]
network = json.load(open(f"{folder}/lava_network.json"))


def read(name):
    """Numbers or words of a data set."""
    text = subprocess.run(["h5dump", "-y", "-w", "0", "-d", name,
                           f"{folder}/network.net"], check=True,
                          capture_output=True, text=True).stdout
    data = text[text.index("DATA {") + 6:]
    words = re.findall(r'"(\w+)', data)
    return words if words else [int(n) for n in re.findall(r"-?\d+", data)]


layers, at = 0, None
while block := next((b for b in network["blocks"] if b["from"] == at), None):
    path = f"/layer/{layers}"
    group = network["groups"][block["to"]]
    rows = len(group["neurons"])
    columns = (network["inputs"] if at is None
               else len(network["groups"][at]["neurons"]))
    weights = [0] * (rows * columns)
    for source, target, weight in zip(block["source"], block["target"],
                                      block["weight"]):
        weights[target * columns + source] = weight << block["exponent"]
    assert any(weights) and read(f"{path}/weight") == weights, path
    assert read(f"{path}/type") == ["dense"]
    assert read(f"{path}/shape") == [rows]
    assert read(f"{path}/inFeatures") == [columns]
    assert read(f"{path}/outFeatures") == [rows]
    assert read(f"{path}/neuron/type") == ["CUBA"]
    assert read(f"{path}/neuron/iDecay") == [group["du"] + 1]
    assert read(f"{path}/neuron/vDecay") == [group["dv"]]
    assert read(f"{path}/neuron/vThMant") == [group["vth"]]
    layers, at = layers + 1, block["to"]
assert layers == len(network["groups"]), layers
print(f"{layers} layers are equal")
