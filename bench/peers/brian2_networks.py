#!/usr/bin/env python3
"""The benchmark networks of Brette et al. (2007), and Brunel's with pair STDP,
in Brian2, C++ standalone.

Usage: brian2_networks.py cuba|coba|cobahh|plastic SECONDS [--threads N]
Prints one JSON object: time of the simulation loop as Brian2 itself measures
it, processor time of the process, the time of code generation and compilation,
and the mean rate. Those of `plastic` are the difference of a long and a short
run, which leaves out making its synapses. Needs the packages brian2, cython and
setuptools of PyPI; Brian2's own best flags (-O3 -march=native -ffast-math).
"""
import argparse
import json
import resource
import tempfile
import time

import brian2
import numpy
from brian2 import (Hz, NeuronGroup, Network, PoissonGroup, PoissonInput,
                    SpikeMonitor, Synapses, TimedArray, defaultclock, device,
                    mV, ms, nS, pF, prefs, second, seed, set_device, uS)

prefs.codegen.cpp.extra_compile_args_gcc = [
    "-w", "-O3", "-march=native", "-ffast-math", "-std=c++11"]


def connect(excitatory, inhibitory, everyone, on_exc, on_inh, delay=0.1*ms):
    parts = []
    for source, code in ((excitatory, on_exc), (inhibitory, on_inh)):
        synapses = Synapses(source, everyone, on_pre=code, delay=delay)
        synapses.connect(p=0.02)
        parts.append(synapses)
    return parts


def cuba():
    names = dict(tau_m=20*ms, tau_e=5*ms, tau_i=10*ms, E_L=-49*mV)
    group = NeuronGroup(
        4000, """dv/dt = (E_L - v + ge + gi)/tau_m : volt (unless refractory)
                 dge/dt = -ge/tau_e : volt
                 dgi/dt = -gi/tau_i : volt""",
        threshold="v > -50*mV", reset="v = -60*mV", refractory=5*ms,
        method="exact", namespace=names)
    group.v = "-60*mV + rand()*10*mV"
    return [group] + connect(group[:3200], group[3200:], group,
                             "ge += 1.62*mV", "gi -= 9*mV")


def coba():
    names = dict(C=200*pF, gL=10*nS, E_L=-60*mV, Ee=0*mV, Ei=-80*mV,
                 tau_e=5*ms, tau_i=10*ms)
    group = NeuronGroup(
        4000, """dv/dt = (gL*(E_L - v) + ge*(Ee - v) + gi*(Ei - v))/C : volt (unless refractory)
                 dge/dt = -ge/tau_e : siemens
                 dgi/dt = -gi/tau_i : siemens""",
        threshold="v > -50*mV", reset="v = -60*mV", refractory=5*ms,
        method="exponential_euler", namespace=names)
    group.v = -60*mV
    on = TimedArray([0, 300] + 49*[300] + [0], dt=1*ms)
    kick = PoissonGroup(50, rates="on(t)*Hz", namespace=dict(on=on))
    start = Synapses(kick, group, on_pre="ge += 6*nS", delay=0.1*ms)
    start.connect(p=0.02)
    return [group, kick, start] + connect(
        group[:3200], group[3200:], group, "ge += 6*nS", "gi += 67*nS")


def cobahh():
    names = dict(C=200*pF, gL=10*nS, E_L=-60*mV, E_K=-90*mV, E_Na=50*mV,
                 g_na=20*uS, g_kd=6*uS, VT=-63*mV, Ee=0*mV, Ei=-80*mV,
                 tau_e=5*ms, tau_i=10*ms)
    group = NeuronGroup(
        4000, """
        dv/dt = (gL*(E_L - v) + ge*(Ee - v) + gi*(Ei - v) - g_na*(m*m*m)*h*(v - E_Na) - g_kd*(n*n*n*n)*(v - E_K))/C : volt
        dm/dt = alpha_m*(1 - m) - beta_m*m : 1
        dn/dt = alpha_n*(1 - n) - beta_n*n : 1
        dh/dt = alpha_h*(1 - h) - beta_h*h : 1
        dge/dt = -ge/tau_e : siemens
        dgi/dt = -gi/tau_i : siemens
        alpha_m = 0.32*(mV**-1)*4*mV/exprel((13*mV - v + VT)/(4*mV))/ms : Hz
        beta_m = 0.28*(mV**-1)*5*mV/exprel((v - VT - 40*mV)/(5*mV))/ms : Hz
        alpha_h = 0.128*exp((17*mV - v + VT)/(18*mV))/ms : Hz
        beta_h = 4./(1 + exp((40*mV - v + VT)/(5*mV)))/ms : Hz
        alpha_n = 0.032*(mV**-1)*5*mV/exprel((15*mV - v + VT)/(5*mV))/ms : Hz
        beta_n = .5*exp((10*mV - v + VT)/(40*mV))/ms : Hz""",
        threshold="v > -20*mV", refractory=3*ms, method="exponential_euler",
        namespace=names)
    group.v = "E_L + (randn()*5 - 5)*mV"
    group.ge = "(randn()*1.5 + 4)*10*nS"
    group.gi = "(randn()*12 + 20)*10*nS"
    return [group] + connect(group[:3200], group[3200:], group,
                             "ge += 6*nS", "gi += 67*nS")


def indegree(synapses, sources, targets, count, random):
    """So many sources for each target, each drawn on its own."""
    synapses.connect(i=random.integers(0, sources, targets*count),
                     j=numpy.repeat(numpy.arange(targets), count))


def plastic():
    """bench/networks/plastic.snn."""
    names = dict(tau_m=20*ms, tau=20*ms, J=0.1*mV, w_max=0.2*mV, A_plus=1e-4,
                 A_minus=1.05e-4)
    group = NeuronGroup(
        10000, "dv/dt = -v/tau_m : volt (unless refractory)",
        threshold="v >= 20*mV", reset="v = 10*mV", refractory=2*ms,
        method="exact", namespace=names)
    excitatory, inhibitory = group[:8000], group[8000:]
    random = numpy.random.default_rng(1)
    learnt = Synapses(
        excitatory, excitatory, """w : volt
                                   dx/dt = -x/tau : 1 (event-driven)
                                   dy/dt = -y/tau : 1 (event-driven)""",
        on_pre="""w = clip(w - A_minus*w_max*y, 0*mV, w_max)
                  v_post += w
                  x += 1""",
        on_post="""w = clip(w + A_plus*w_max*x, 0*mV, w_max)
                   y += 1""", delay=1.5*ms, namespace=names)
    indegree(learnt, 8000, 8000, 1000, random)
    learnt.w = 0.1*mV
    parts = [group, learnt]
    for source, sources, target, targets, count, code in (
            (excitatory, 8000, inhibitory, 2000, 1000, "v_post += J"),
            (inhibitory, 2000, group, 10000, 250, "v_post -= 5*J")):
        synapses = Synapses(source, target, on_pre=code, delay=1.5*ms,
                            namespace=names)
        indegree(synapses, sources, targets, count, random)
        parts.append(synapses)
    # As many sources as give 20 kHz at a probability of 1/50 in a step.
    drive = PoissonInput(group, "v", 100, 200*Hz, 0.1*mV)
    return parts + [drive]


NETWORKS = {"cuba": cuba, "coba": coba, "cobahh": cobahh, "plastic": plastic}


def simulate(name, seconds, threads):
    set_device("cpp_standalone", build_on_run=False)
    if threads > 1:
        prefs.devices.cpp_standalone.openmp_threads = threads
    seed(1)
    defaultclock.dt = 0.1*ms
    parts = NETWORKS[name]()
    spikes = SpikeMonitor(parts[0], record=False)
    network = Network(*parts, spikes)
    network.run(seconds*second)
    with tempfile.TemporaryDirectory() as folder:
        begin = time.monotonic()
        device.build(directory=folder, run=False, clean=False)
        compiled = time.monotonic() - begin
        before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
        device.run(directory=folder, with_output=False)
        used = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before
        result = {
            "peer": "brian2 " + brian2.__version__,
            "network": name,
            "bio_time_s": seconds,
            "threads": threads,
            "wall_s": device._last_run_time,
            "cpu_s": used,
            "compile_s": compiled,
            "rate_hz": float(spikes.num_spikes)/parts[0].N/seconds,
        }
    device.reinit()
    device.activate(build_on_run=False)
    return result


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("network", choices=NETWORKS)
    parser.add_argument("seconds", type=float)
    parser.add_argument("--threads", type=int, default=1)
    options = parser.parse_args()
    result = simulate(options.network, options.seconds, options.threads)
    if options.network == "plastic":
        short = simulate(options.network, options.seconds/10, options.threads)
        for key in ("bio_time_s", "wall_s", "cpu_s"):
            result[key] -= short[key]
    print(json.dumps(result))


if __name__ == "__main__":
    main()
