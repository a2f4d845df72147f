"""Runs `snn` and the peers, and takes what they cost.

Wall time says what a user waits for, and is true on a quiet machine only.
Processor time and cycles in user mode hold within some percent while others
use the machine: they are the difference of a long and a short run, which
leaves out compiling and building.
"""
import json
import os
import pathlib
import platform
import resource
import shutil
import statistics
import subprocess
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
PEERS = ROOT / "bench/peers"


# The least difference of processor times that is told from none.
LEAST_SECONDS = 1e-4


class OutOfMemory(Exception):
    """The network needs more memory than this run may take."""


def has_counters():
    """Whether cycles can be counted here."""
    if not shutil.which("perf"):
        return False
    done = subprocess.run(["perf", "stat", "-x,", "-e", "cycles:u", "true"],
                          capture_output=True, text=True)
    return done.returncode == 0 and done.stderr.split(",")[0].isdigit()


def machine():
    model = next((line.split(":")[1].strip() for line in
                  pathlib.Path("/proc/cpuinfo").read_text().splitlines()
                  if line.startswith("model name")), "unknown processor")
    commit = subprocess.run(["git", "-C", ROOT, "rev-parse", "--short", "HEAD"],
                            capture_output=True, text=True).stdout.strip()
    return {"processor": model, "processors": os.cpu_count(),
            "system": platform.release(), "commit": commit,
            "load": os.getloadavg()[0]}


def processor_seconds():
    """Of all children so far, user and system together: their sum is exact
    where each alone counts ticks of a hundredth of a second."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def spent(command):
    """Processor time of a command, and cycles where they can be counted."""
    before = processor_seconds()
    counted = has_counters()
    if counted:
        command = ["perf", "stat", "-x,", "-e", "cycles:u", *command]
    done = subprocess.run([str(word) for word in command],
                          capture_output=True, text=True)
    if done.returncode == 5:
        raise OutOfMemory(done.stderr.strip().splitlines()[0])
    if done.returncode != 0:
        raise SystemExit(f"{command}\n{done.stderr}")
    cycles = None
    if counted:
        cycles = int(done.stderr.splitlines()[-1].split(",")[0])
    return processor_seconds() - before, cycles


def once(snn, model, experiment, seconds, threads, settings=(), limit=None,
         storage="auto"):
    with tempfile.TemporaryDirectory() as folder:
        stats = pathlib.Path(folder) / "stats.json"
        command = [snn, "run", model, experiment, "--threads", threads,
                   "--duration", f"{1000*seconds:.0f}ms", "--quiet",
                   "-o", f"{folder}/out", "--stats", stats]
        for setting in settings:
            command += ["--set", setting]
        if limit:
            command += ["--mem-limit", limit]
        command += ["--storage", storage]
        seconds, cycles = spent(command)
        return json.loads(stats.read_text()) | {
            "cpu_s": seconds, "cycles": cycles}


def run_snn(snn, model, experiment, seconds, threads=1, repeat=1, settings=(),
            limit=None, storage="auto"):
    """Medians over `repeat` pairs of a long and a short run."""
    rows = []
    for _ in range(repeat):
        long, short = (once(snn, model, experiment, length, threads, settings,
                            limit, storage)
                       for length in (seconds, seconds/10))
        more = {key: long[key] - short[key] for key in
                ("cpu_s", "synaptic_events", "bio_time_s", "wall_s", "steps")}
        phases = long["update_s"] + long["deliver_s"] + long["stimulus_s"]
        row = {key: long[key] for key in
               ("neurons", "synapses", "build_s", "compile_s", "rtf",
                "bytes_per_synapse", "peak_rss_bytes", "threads",
                "spike_hash")}
        row["cpu_per_s"] = more["cpu_s"]/more["bio_time_s"]
        row["events_per_cpu_s"] = (more["synaptic_events"]
                                   / max(more["cpu_s"], LEAST_SECONDS))
        ops = long["ops"]
        row["share_at_rest"] = ops["updates_at_rest"]/ops["neuron_updates"]
        row["rate_hz"] = (long["spikes"]/long["neurons"]/long["bio_time_s"])
        if long["cycles"] is not None:
            cycles = long["cycles"] - short["cycles"]
            row["cycles_per_event"] = (
                cycles*long["deliver_s"]/phases/more["synaptic_events"])
            row["cycles_per_update"] = (
                cycles*(long["update_s"] + long["stimulus_s"])/phases
                / (more["steps"]*long["neurons"]))
        rows.append(row)
    return {key: statistics.median(row[key] for row in rows)
            if isinstance(rows[0][key], float) else rows[0][key]
            for key in rows[0]}


def run_peer(python, script, *arguments):
    done = subprocess.run([python, PEERS / script, *map(str, arguments)],
                          capture_output=True, text=True)
    if done.returncode != 0:
        raise SystemExit(f"{script}\n{done.stderr}")
    return json.loads(done.stdout.splitlines()[-1])
