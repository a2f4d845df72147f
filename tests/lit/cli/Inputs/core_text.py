"""Whether a text of the core dialect says of each core what a report says:
core_text.py TEXT REPORT.json."""
import json
import re
import sys

text = open(sys.argv[1]).read()
report = json.load(open(sys.argv[2]))
cores = re.findall(r"core\.core (\d+) at \[(\d+), (\d+), \d+\] axons \[([^]]*)\] "
                   r"routes (\d+) synapses \[([^]]*)\] bits", text)


def total(numbers):
    return sum(int(one) for one in numbers.split(","))


said = [{"x": int(x), "y": int(y), "axons": total(axons), "routes": int(routes),
         "synapses": total(synapses)}
        for _, x, y, axons, routes, synapses in cores]
found = [{key: core[key] for key in said[0]} for core in report["per_core"]]
if said != found or len(said) != report["cores"]:
    sys.exit(f"the text says {said}, the report {found}")
