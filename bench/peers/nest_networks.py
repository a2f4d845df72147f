#!/usr/bin/env python3
"""Networks of `bench/run` in NEST 3.10 (PyPI: nest-simulator).

Usage: nest_networks.py microcircuit|brunel|plastic SECONDS [--threads N] [--scale S]
           [--seed N] [--dc] [--thalamus] [--warmup S]
Prints one JSON object: wall and processor time of the simulation after the
warm-up, time of construction, peak memory, and mean rates.
"""
import argparse
import json
import resource
import time

import numpy as np

import nest

NAMES = ["L23E", "L23I", "L4E", "L4I", "L5E", "L5I", "L6E", "L6I"]
SIZES = np.array([20683, 5834, 21915, 5479, 4850, 1065, 14395, 2948])
RATES = np.array([0.903, 2.965, 4.414, 5.876, 7.569, 8.633, 1.105, 7.829])
EXTERNAL = np.array([1600, 1500, 2100, 1900, 2000, 1900, 2900, 2100])
START = [(-68.28, 5.36), (-63.16, 4.57), (-63.33, 4.74), (-63.45, 4.94),
         (-63.11, 4.94), (-61.66, 4.55), (-66.72, 5.46), (-61.43, 4.48)]
PROBABILITY = np.array([
    [0.1009, 0.1689, 0.0437, 0.0818, 0.0323, 0.0, 0.0076, 0.0],
    [0.1346, 0.1371, 0.0316, 0.0515, 0.0755, 0.0, 0.0042, 0.0],
    [0.0077, 0.0059, 0.0497, 0.135, 0.0067, 0.0003, 0.0453, 0.0],
    [0.0691, 0.0029, 0.0794, 0.1597, 0.0033, 0.0, 0.1057, 0.0],
    [0.1004, 0.0622, 0.0505, 0.0057, 0.0831, 0.3726, 0.0204, 0.0],
    [0.0548, 0.0269, 0.0257, 0.0022, 0.06, 0.3158, 0.0086, 0.0],
    [0.0156, 0.0066, 0.0211, 0.0166, 0.0572, 0.0197, 0.0396, 0.2252],
    [0.0364, 0.001, 0.0034, 0.0005, 0.0277, 0.008, 0.0658, 0.1443]])
THALAMIC = [0.0, 0.0, 0.0983, 0.0619, 0.0, 0.0, 0.0512, 0.0196]


def synapses(probability, sources, targets):
    """How many, drawn with replacement, connect a pair with a probability."""
    return np.log1p(-probability)/np.log1p(-1/(sources*targets))


def drawn(mean, rsd, low, high):
    return nest.math.redraw(nest.random.normal(mean, abs(mean)*rsd), low, high)


def connect(source, target, count, weight, delay, model):
    low, high = (0.0, np.inf) if weight > 0 else (-np.inf, 0.0)
    nest.Connect(source, target,
                 {"rule": "fixed_total_number", "N": int(round(count))},
                 {"synapse_model": model,
                  "weight": drawn(weight, 0.1, low, high),
                  "delay": drawn(delay, 0.5, nest.resolution/2, np.inf)})


def microcircuit(options):
    scale, root = options.scale, np.sqrt(options.scale)
    tau, ratio, hertz = 0.5, 20.0, 1e-3  # ms, tau_m/tau_syn, 1/ms
    rise = ratio**(-1/(ratio - 1)) - ratio**(-ratio/(ratio - 1))
    weight = 0.15*250*(ratio - 1)/(10*rise)
    # A virtual process takes at most 134,217,726 connections of one model.
    for name in ("excitatory", "inhibitory"):
        nest.CopyModel("static_synapse", name)

    populations = []
    for i, size in enumerate(SIZES):
        group = nest.Create("iaf_psc_exp", int(round(size*scale)), {
            "C_m": 250.0, "tau_m": 10.0, "E_L": -65.0, "V_th": -50.0,
            "V_reset": -65.0, "t_ref": 2.0, "tau_syn_ex": tau,
            "tau_syn_in": tau})
        group.V_m = nest.random.normal(*START[i])
        current = 0.0
        external = weight*EXTERNAL[i]*8*hertz*tau
        if options.dc:
            current = external
        else:
            source = nest.Create("poisson_generator", params={
                "rate": 8.0*round(EXTERNAL[i]*scale)})
            nest.Connect(source, group, "all_to_all",
                         {"weight": weight/root, "delay": 1.5})
            current += (1 - root)*external
        populations.append((group, current))
    for i, (target, current) in enumerate(populations):
        for j, (source, _) in enumerate(populations):
            if PROBABILITY[i][j] == 0:
                continue
            isInhibitory = j % 2
            mean = weight*(-4 if isInhibitory else
                           2 if (i, j) == (0, 2) else 1)
            count = synapses(PROBABILITY[i][j], SIZES[i], SIZES[j])
            connect(source, target, count*scale*scale, mean/root,
                    0.75 if isInhibitory else 1.5,
                    "inhibitory" if isInhibitory else "excitatory")
            current += (1 - root)*tau*mean*count/SIZES[i]*RATES[j]*hertz
        target.I_e = current
    if options.thalamus:
        relay = nest.Create("parrot_neuron", 902)
        burst = nest.Create("poisson_generator", params={
            "rate": 120.0, "start": 700.0, "stop": 710.0})
        nest.Connect(burst, relay)
        for i, p in enumerate(THALAMIC):
            if p > 0:
                connect(relay, populations[i][0],
                        synapses(p, 902, SIZES[i])*scale*scale,
                        weight/root, 1.5, "excitatory")
    return dict(zip(NAMES, (group for group, _ in populations)))


def brunel(options):
    excitatory, inhibitory = int(10000*options.scale), int(2500*options.scale)
    inputs, weight, delay = excitatory//10, 0.1, 1.5
    group = nest.Create("iaf_psc_delta", excitatory + inhibitory, {
        "C_m": 1.0, "tau_m": 20.0, "E_L": 0.0, "V_th": 20.0, "V_reset": 10.0,
        "V_m": 0.0, "t_ref": 2.0})
    e, i = group[:excitatory], group[excitatory:]
    rate = 2*20.0/(weight*inputs*20.0)*inputs*1000
    noise = nest.Create("poisson_generator", params={"rate": rate})
    nest.Connect(noise, group, "all_to_all",
                 {"weight": weight, "delay": delay})
    nest.Connect(e, group, {"rule": "fixed_indegree", "indegree": inputs},
                 {"weight": weight, "delay": delay})
    nest.Connect(i, group, {"rule": "fixed_indegree", "indegree": inputs//4},
                 {"weight": -5*weight, "delay": delay})
    return {"E": e, "I": i}


def plastic(options):
    """Brunel's network with pair STDP of synapses between excitatory neurons:
    bench/networks/plastic.snn."""
    weight, delay = 0.1, 1.5
    group = nest.Create("iaf_psc_delta", 10000, {
        "C_m": 1.0, "tau_m": 20.0, "tau_minus": 20.0, "E_L": 0.0,
        "V_th": 20.0, "V_reset": 10.0, "V_m": 0.0, "t_ref": 2.0})
    e, i = group[:8000], group[8000:]
    noise = nest.Create("poisson_generator", params={"rate": 20000.0})
    nest.Connect(noise, group, "all_to_all",
                 {"weight": weight, "delay": delay})
    nest.Connect(e, e, {"rule": "fixed_indegree", "indegree": 1000},
                 {"synapse_model": "stdp_synapse", "weight": weight,
                  "delay": delay, "tau_plus": 20.0, "lambda": 1e-4,
                  "alpha": 1.05, "mu_plus": 0.0, "mu_minus": 0.0,
                  "Wmax": 2*weight})
    nest.Connect(e, i, {"rule": "fixed_indegree", "indegree": 1000},
                 {"weight": weight, "delay": delay})
    nest.Connect(i, group, {"rule": "fixed_indegree", "indegree": 250},
                 {"weight": -5*weight, "delay": delay})
    return {"E": e, "I": i}


def counts(recorders):
    return {name: recorder.n_events for name, recorder in recorders.items()}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("network", choices=["microcircuit", "brunel", "plastic"])
    parser.add_argument("seconds", type=float)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--scale", type=float, default=1)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--warmup", type=float, default=0.5)
    parser.add_argument("--dc", action="store_true")
    parser.add_argument("--thalamus", action="store_true")
    options = parser.parse_args()

    nest.set_verbosity("M_ERROR")
    nest.ResetKernel()
    nest.local_num_threads = options.threads
    nest.resolution = 0.1
    nest.rng_seed = options.seed
    begin = time.monotonic()
    populations = {"microcircuit": microcircuit, "brunel": brunel,
                   "plastic": plastic}[options.network](options)
    recorders = {}
    for name, group in populations.items():
        recorders[name] = nest.Create("spike_recorder", params={
            "start": options.warmup*1000})
        nest.Connect(group, recorders[name])
    built = time.monotonic() - begin
    nest.Simulate(options.warmup*1000)
    wall, cpu = time.monotonic(), time.process_time()
    nest.Simulate(options.seconds*1000)
    wall, cpu = time.monotonic() - wall, time.process_time() - cpu
    found = counts(recorders)
    print(json.dumps({
        "peer": "nest " + nest.__version__,
        "network": options.network,
        "threads": options.threads,
        "bio_time_s": options.seconds,
        "build_s": built,
        "wall_s": wall,
        "cpu_s": cpu,
        "peak_rss_bytes":
            resource.getrusage(resource.RUSAGE_SELF).ru_maxrss*1024,
        "rates_hz": {name: found[name]/len(group)/options.seconds
                     for name, group in populations.items()},
    }))


if __name__ == "__main__":
    main()
