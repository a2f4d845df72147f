#!/usr/bin/env python3
"""Runs each example in every way that must not matter and compares hashes.

Usage: one_hash.py SNN [--duration T] EXAMPLE...

One experiment of each example (the first that is a single run and fires) is run
with 1, 2, 3, 4 and 8 threads, -O0 and -O3, x86-64-v2, v3 and v4, from memory
and as an executable, with its own recording and with a state recorded as well,
with synapses stored and, as far as they can be, generated. All must print the same spike_hash.
"""
import argparse
import json
import pathlib
import re
import subprocess
import sys
import tempfile

LEVELS = ["x86-64-v2", "x86-64-v3", "x86-64-v4"]
FEATURE = {"x86-64-v2": "sse4_2", "x86-64-v3": "avx2", "x86-64-v4": "avx512vl"}


def host_flags():
    for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("flags"):
            return set(line.split())
    return set()


class Example:
    def __init__(self, snn, path, duration, folder):
        self.snn, self.path, self.folder = snn, path, pathlib.Path(folder)
        self.length = ["--duration", duration]
        self.experiment = self.first_experiment()
        self.more = self.more_to_record()

    def more_to_record(self):
        """A state of the first population whose spikes are recorded."""
        text = (self.path / "model.snn").read_text()
        population = re.search(r"record spikes of ([\w.]+)", text).group(1)
        named = re.findall(rf"^ *record (?!spikes)(\w+)[^\n>]* of {population}\b"
                           r"(?![^\n]*->)", text, re.M)
        for state in (*named, "V", "v"):
            more = f"{state} of {population} every 1 ms"
            try:
                self.run("--record", more)
            except SystemExit:
                continue
            return more
        raise SystemExit(f"{self.path}: no state of {population} is recordable")

    def first_experiment(self):
        """The first one that is a single run and in which something fires."""
        text = (self.path / "model.snn").read_text()
        for name, body in re.findall(r"^experiment (\w+)[^{]*\{(.*?)^\}", text,
                                     re.M | re.S):
            if re.search(r"^\s*sweep ", body, re.M):
                continue
            self.experiment = name
            if self.run()[1] > 0:
                return name
        raise SystemExit(f"{self.path}: no experiment with spikes")

    def hash_of(self, command):
        stats = self.folder / "stats.json"
        stats.unlink(missing_ok=True)
        done = subprocess.run([*map(str, command), "--stats", str(stats),
                               "--quiet"], capture_output=True, text=True)
        if done.returncode != 0:
            raise SystemExit(f"{' '.join(map(str, command))}\n{done.stderr}")
        values = json.loads(stats.read_text())
        return str(values["spike_hash"]), values["spikes"]

    def run(self, *flags):
        return self.hash_of([self.snn, "run", self.path, self.experiment,
                             *self.length, "-o", self.folder / "out", *flags])

    def build(self, name, *flags):
        program = self.folder / name
        done = subprocess.run([str(self.snn), "build", str(self.path),
                               self.experiment, *self.length, "-o",
                               str(program), *flags],
                              capture_output=True, text=True)
        if done.returncode != 0:
            raise SystemExit(done.stderr)
        return program

    def ways(self):
        """Yields (how, (hash, spikes))."""
        flags = host_flags()
        levels = [v for v in LEVELS if FEATURE[v] in flags]
        for threads in (1, 2, 3, 4, 8):
            yield f"--threads {threads}", self.run("--threads", str(threads))
        for level in ("-O0", "-O3"):
            for cpu in levels:
                yield f"{level} --cpu {cpu}", self.run(level, "--cpu", cpu)
        for storage in ("stored", "rows", "procedural"):
            for threads in ("1", "2", "3"):
                yield (f"--storage {storage} --threads {threads}",
                       self.run("--storage", storage, "--threads", threads))
        for cpu in levels:
            yield (f"--storage procedural --cpu {cpu}",
                   self.run("--storage", "procedural", "--cpu", cpu))
        yield "more recording", self.run("--record", self.more)
        for cpu in levels:
            program = self.build(f"exe-{cpu}", "--cpu", cpu)
            yield f"executable {cpu}", self.hash_of(
                [program, "-o", self.folder / "exe-out", "--threads", "2"])


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("snn", type=pathlib.Path)
    parser.add_argument("--duration", default="100ms")
    parser.add_argument("examples", nargs="+", type=pathlib.Path)
    arguments = parser.parse_args()
    failed = 0
    for path in arguments.examples:
        with tempfile.TemporaryDirectory() as folder:
            example = Example(arguments.snn, path, arguments.duration, folder)
            results = list(example.ways())
        first, spikes = results[0][1]
        wrong = [(how, got) for how, (got, _) in results if got != first]
        for how, got in wrong:
            print(f"{path.name}: {how}: {got}, not {first}")
        ok = not wrong
        failed += not ok
        print(f"{path.name}: {'one hash' if ok else 'FAILED'} {first} in "
              f"{len(results)} ways, {spikes} spikes")
    return failed != 0


if __name__ == "__main__":
    sys.exit(main())
