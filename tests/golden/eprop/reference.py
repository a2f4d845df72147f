"""E-prop beside backpropagation through time, and the weights that the rule learns.

A layer of neurons that reset by subtraction (Bellec et al. 2020, Nat. Commun.
11:3625, eq. 6, reset without derivative) gets spikes x, none of its own; a
readout sums its spikes with feedback weights b, and forgets within tau. With
the pseudo-derivative psi, the gradient of E = 1/2 sum (y - target)^2 by
  BPTT    the chain rule, from the last step to the first;
  e-prop  sum over t of b (y - target) times the filtered eligibility (eq. 4)
must be the same number. As the rule of the standard library runs, a spike is in
y two steps after it is fired; the eligibility waits one, so that the two differ
then by what one step is against tau, which is printed.

  python3 reference.py    # what it prints of weights stands in
                          # tests/lit/stdlib/eprop.snn
"""
import numpy as np

H, TAU, V_TH, GAMMA = 1.0, 20.0, 20.0, 0.3
STEPS = 300
IN, OUT = 3, 2
ETA, W_MAX = 0.01, 30.0
GRID = 2.0**-16  # what is sent is a multiple: at most 2^-20 of W_MAX
B = np.array([1.0, -0.5])
W = np.array([[9.0, 12.0], [7.0, 5.0], [11.0, 8.0]])
# Steps at whose end a spike is at the layer; of the teacher, at the readout.
INPUTS = [range(5, STEPS, 4), range(7, STEPS, 6), range(6, STEPS, 9)]
TEACH = range(30, STEPS, 25)
ALPHA = np.exp(-H / TAU)


def trains():
    x = np.zeros((STEPS + 1, IN))
    for i, steps in enumerate(INPUTS):
        x[list(steps), i] = 1.0
    return x


def psi(v, z):
    """The membrane after the reset; in the step of a spike it is at threshold."""
    return GAMMA * np.where(z > 0, 1.0, np.maximum(0, 1 - np.abs(v - V_TH) / V_TH))


def forward(w, delay):
    """v and z by step, 1 ... STEPS, and the readout's error, which has a spike
    `delay` steps after it was fired."""
    x = trains()
    v, z = np.zeros((STEPS + 1, OUT)), np.zeros((STEPS + 1, OUT))
    for n in range(1, STEPS + 1):
        u = ALPHA * v[n - 1] + x[n] @ w
        z[n] = u >= V_TH
        v[n] = u - V_TH * z[n]
    error, y, target = np.zeros(STEPS + 1), 0.0, 0.0
    for n in range(1, STEPS + 1):
        y = ALPHA * y + (z[n - delay] @ B if n > delay else 0.0)
        target = ALPHA * target + (n in TEACH)
        error[n] = y - target
    return x, v, z, error


def bptt(w, delay):
    """dE/dw, backwards: dE/dz from the readout, through psi to the membrane."""
    x, v, z, error = forward(w, delay)
    grad = np.zeros_like(w)
    by_y, by_v = 0.0, np.zeros(OUT)
    by_z = np.zeros((STEPS + 1, OUT))
    for n in range(STEPS, 0, -1):
        by_y = error[n] + ALPHA * by_y
        if n > delay:
            by_z[n - delay] = by_y * B
    for n in range(STEPS, 0, -1):
        by_v = ALPHA * by_v + by_z[n] * psi(v[n], z[n])
        grad += np.outer(x[n], by_v)
    return grad


def eprop(w, delay, wait):
    """The sum of the rule's steps at weights that stay: the error of step n meets
    the eligibility of `wait` steps ago."""
    x, v, z, error = forward(w, delay)
    trace, e = np.zeros(IN), np.zeros((STEPS + 1, IN, OUT))
    grad = np.zeros_like(w)
    for n in range(1, STEPS + 1):
        trace = ALPHA * trace + x[n]
        e[n] = ALPHA * e[n - 1] + np.outer(trace, psi(v[n], z[n]))
        if n > wait:
            grad += error[n] * e[n - wait] * B
    return grad


def as_the_rule_runs(w):
    """`every 1 ms` of stdlib/plasticity/EProp.snn, weights changing as it goes:
    the readout is read as it was at the beginning of the step, and gets a spike
    a step after it was fired."""
    x = trains()
    w = w.copy()
    v, fired_before = np.zeros(OUT), np.zeros(OUT)
    trace, e = np.zeros(IN), np.zeros_like(w)
    y = target = 0.0
    for n in range(1, STEPS + 1):
        seen = y - target
        u = ALPHA * v + x[n] @ (np.round(w / GRID) * GRID)
        y = ALPHA * y + fired_before @ B
        target = ALPHA * target + (n in TEACH)
        z = (u >= V_TH).astype(float)
        v = u - V_TH * z
        fired_before = z
        trace = ALPHA * trace + x[n]
        # Between two looks the eligibility has decayed by one step.
        e = ALPHA * e
        w = np.clip(w - ETA * seen * e * B, -W_MAX, W_MAX)
        e = e + np.outer(trace, psi(v, z))
    return w


def main():
    for delay in (0, 1, 5):
        a, b = bptt(W, delay), eprop(W, delay, delay)
        worst = np.abs(a - b).max() / np.abs(a).max()
        assert worst < 1e-12, worst
        print(f"a spike in the readout {delay} steps later: "
              f"e-prop and BPTT differ by {worst:.1e}")
    a, b = bptt(W, 2), ALPHA * eprop(W, 2, 1)
    cosine = (a * b).sum() / np.sqrt((a * a).sum() * (b * b).sum())
    print(f"two steps later, the eligibility one: cosine {cosine:.6f}, "
          f"length {np.linalg.norm(b) / np.linalg.norm(a):.4f}")
    learnt = as_the_rule_runs(W)
    for i in range(IN):
        print(f"w from input {i}:", " ".join(f"{x:.13g}" for x in learnt[i]))


if __name__ == "__main__":
    main()
