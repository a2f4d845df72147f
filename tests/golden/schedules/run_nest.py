#!/usr/bin/env python3
"""Runs the network of nest.snn in NEST 3.10 and writes nest-spikes.csv.

    pip install nest-simulator==3.10.0
    python network.py && python run_nest.py
"""

import nest
import network

STEP, DURATION = 0.1, 500.0

nest.ResetKernel()
nest.resolution = STEP
cells = nest.Create(
    "iaf_psc_exp",
    network.NEURONS,
    params=dict(
        C_m=250.0,
        tau_m=10.0,
        E_L=-65.0,
        V_m=-65.0,
        V_th=-50.0,
        V_reset=-65.0,
        t_ref=2.0,
        tau_syn_ex=2.0,
        tau_syn_in=5.0,
    ),
)
for i, cell in enumerate(cells):
    cell.I_e = network.current(i)
step_current = nest.Create(
    "step_current_generator",
    params=dict(
        amplitude_times=[100.0, 300.0],
        amplitude_values=[120.0, 0.0],
    ),
)
# The least delay that a connection can have.
nest.Connect(step_current, cells[:10], syn_spec=dict(delay=STEP))
for name, edges in network.networks().items():
    offset = 0 if name == "excitatory" else network.EXCITATORY
    for source, target, weight, delay in edges:
        nest.Connect(
            cells[source + offset],
            cells[target],
            syn_spec=dict(weight=weight, delay=delay),
        )
recorder = nest.Create("spike_recorder")
nest.Connect(cells, recorder)
nest.Simulate(DURATION)
events = recorder.events
network.write_spikes(
    "nest-spikes.csv",
    [
        (round(t / STEP), int(sender) - 1)
        for t, sender in zip(events["times"], events["senders"])
    ],
)
print(f"{len(events['times'])} spikes")
