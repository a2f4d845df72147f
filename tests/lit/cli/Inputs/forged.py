"""Runs a command on images whose manifest is wrong while their checksums hold:
forged.py IMAGE COMMAND..., where the command reads forged.nmi. Each must be
called damaged."""
import json
import struct
import subprocess
import sys

MASK = (1 << 64) - 1
HEADER, ENTRY = struct.Struct("<8sIIQQ"), struct.Struct("<8sQQQQ")
image, *command = sys.argv[1:]
data = open(image, "rb").read()
magic, version, sections = HEADER.unpack_from(data)[:3]
last = HEADER.size + ENTRY.size * (sections - 1)  # the manifest is the last
tag, item, count, offset, _ = ENTRY.unpack_from(data, last)
manifest = data[offset:offset + count]


def mixed(hash_, word):
    x = ((hash_ ^ word) + 0x9E3779B97F4A7C15) & MASK
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9 & MASK
    x = (x ^ (x >> 27)) * 0x94D049BB133111EB & MASK
    return x ^ (x >> 31)


def checksum(words, hash_):
    for (word,) in struct.iter_unpack("<Q", words):
        hash_ = mixed(hash_, word)
    return hash_


def write(text):
    padded = text + bytes(-len(text) % 8)
    table = data[HEADER.size:last] + ENTRY.pack(
        tag, item, len(text), offset, checksum(padded, sections - 1))
    head = HEADER.pack(magic, version, sections, offset + len(padded), 0)[:-8]
    with open("forged.nmi", "wb") as file:
        file.write(head + struct.pack("<Q", checksum(head + table, 0)) + table +
                   data[len(head) + 8 + len(table):offset] + padded)


def run():
    return subprocess.run(command, capture_output=True, text=True)


write(manifest)
assert run().returncode == 0, "the image itself must run"
nothing = object()
wrong = {
    "name": [nothing, 3],
    "step_ms": [nothing, 0, -1, "1", None],
    "ticks": [nothing, -1, 1 << 40, "all"],
    "warmup_ticks": [nothing, -1, 1 << 20],
    "cpu_spike_hash": [nothing, None, 7],
    "populations": [nothing, None, {}, [1], [{"path": "E"}]],
    "populations.0.path": [nothing, 5],
    "populations.0.neurons": [nothing, {}, ["a"], [1 << 40], [-1]],
    "sources": [nothing, None, [[]]],
    "sources.0.path": [nothing, []],
    "sources.0.first": [nothing, "0", MASK],
    "sources.0.size": [nothing, -1, MASK],
    "records": [nothing, None, [3], [{}]],
    "records.0.first": [nothing, 1 << 40],
    "records.0.count": [nothing, 0, MASK],
    "records.0.stride": [nothing, 0],
    "probes": [nothing, None, [0], [{"population": 0, "name": "V"}]],
}
for keys, values in wrong.items():
    *path, key = (int(k) if k.isdigit() else k for k in keys.split("."))
    for value in values:
        forged = inner = json.loads(manifest)
        for step in path:
            inner = inner[step]
        if value is nothing:
            del inner[key]
        else:
            inner[key] = value
        write(json.dumps(forged).encode())
        done = run()
        what = keys, None if value is nothing else value, done
        assert done.returncode == 77, what
        assert "error[E0801]: the chip image is damaged" in done.stderr, what
for text in (b"", b"{", b"[]", b"\xff", b"[" * 100_000):
    write(text)
    done = run()
    assert done.returncode == 77 and "E0801" in done.stderr, (text[:9], done)
