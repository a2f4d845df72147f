#!/usr/bin/env python3
"""Runs the networks of brian2.snn in Brian2 2.9 and writes their spikes.

    pip install "numpy<2" cython setuptools brian2==2.9.0
    python network.py && python run_brian2.py

Brian2 stamps a spike with the beginning of the step that ends in it, so steps
are counted one further here.
"""

import brian2
import network
import numpy
from brian2 import ms, mV, nS, pA, pF

STEP, DURATION = 0.1 * ms, 500 * ms
brian2.prefs.codegen.target = "numpy"

PARAMETERS = dict(
    C_m=250 * pF,
    tau_m=10 * ms,
    g_L=25 * nS,
    E_L=-65 * mV,
    V_th=-50 * mV,
    V_reset=-65 * mV,
    tau_exc=2 * ms,
    tau_inh=5 * ms,
    E_exc=0 * mV,
    E_inh=-80 * mV,
)

CURRENTS = """
dV/dt = (E_L - V)/tau_m + (exc + inh + I_e + driven*I_ext(t))/C_m : volt (unless refractory)
dexc/dt = -exc/tau_exc : amp
dinh/dt = -inh/tau_inh : amp
I_e : amp
driven : 1
"""
CONDUCTANCES = """
dV/dt = (g_L*(E_L - V) + exc*(E_exc - V) + inh*(E_inh - V) + I_e + driven*I_ext(t))/C_m : volt (unless refractory)
dexc/dt = -exc/tau_exc : siemens
dinh/dt = -inh/tau_inh : siemens
I_e : amp
driven : 1
"""


def run(name, equations, method, units):
    brian2.start_scope()
    brian2.defaultclock.dt = STEP
    on, off = 120 * pA, 0 * pA
    I_ext = brian2.TimedArray([off, on, on, off, off], dt=100 * ms)
    cells = brian2.NeuronGroup(
        network.NEURONS,
        equations,
        method=method,
        threshold="V >= V_th",
        reset="V = V_reset",
        refractory=2 * ms,
        namespace=dict(PARAMETERS, I_ext=I_ext),
    )
    cells.V = PARAMETERS["E_L"]
    cells.I_e = [network.current(i) for i in range(network.NEURONS)] * pA
    cells.driven = [float(i < 10) for i in range(network.NEURONS)]
    monitor = brian2.SpikeMonitor(cells)
    parts = [cells, monitor]
    for kind, edges in network.networks().items():
        offset = 0 if kind == "excitatory" else network.EXCITATORY
        unit = units[kind]
        port = kind[:3]
        synapses = brian2.Synapses(
            cells,
            cells,
            f"w : {'amp' if equations is CURRENTS else 'siemens'}",
            on_pre=f"{port}_post += w",
        )
        synapses.connect(
            i=[e[0] + offset for e in edges], j=[e[1] for e in edges]
        )
        synapses.w = numpy.array([e[2] for e in edges]) * unit
        synapses.delay = [e[3] for e in edges] * ms
        parts.append(synapses)
    brian2.Network(*parts).run(DURATION)
    steps = numpy.rint(monitor.t / STEP).astype(int) + 1
    network.write_spikes(
        name, [(int(step), int(i)) for step, i in zip(steps, monitor.i)]
    )
    print(f"{name}: {len(steps)} spikes")


run(
    "brian2-currents.csv",
    CURRENTS,
    "exact",
    dict(excitatory=1 * pA, inhibitory=1 * pA),
)
run(
    "brian2-conductances.csv",
    CONDUCTANCES,
    "euler",
    dict(excitatory=0.015625 * nS, inhibitory=-0.0625 * nS),
)
