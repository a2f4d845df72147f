#!/usr/bin/env python3
"""Makes the images of the example, learns what to code them with, and says so.

Usage: learn.py [--seed N] [--control] [--write FOLDER]      (needs numpy)

Images are dead leaves (Lee, Mumford & Huang 2001, Int. J. Comput. Vis. 41:35):
discs of radii with a density of r^-3 that hide one another, which gives edges
and a spectrum of 1/f. They are whitened as by the retina (Olshausen & Field
1997, Vision Res. 37:3311) and cut into patches. Fields are learned by gradient
steps between locally competitive inferences (Rozell et al. 2008, Neural
Comput. 20:2526). Each is then compared with the Gabor function that fits it
best. --control learns from white noise of the same size instead.
"""
import argparse
import pathlib

import numpy as np

SIDE, UNITS, THRESHOLD = 8, 64, 1.1


def dead_leaves(size, rng):
    image = np.full((size, size), np.nan)
    y, x = np.mgrid[:size, :size]
    smallest, largest = 2.0, size / 3
    while np.isnan(image).any():
        # The density r^-3 between two radii, by its quantile.
        u = rng.random()
        r = (smallest**-2 - u * (smallest**-2 - largest**-2)) ** -0.5
        cx, cy = rng.uniform(-r, size + r, 2)
        inside = ((x - cx) ** 2 + (y - cy) ** 2 <= r * r) & np.isnan(image)
        image[inside] = rng.random()
    return image


def whiten(image):
    size = image.shape[0]
    f = np.hypot(*np.meshgrid(np.fft.fftfreq(size), np.fft.fftfreq(size)))
    gain = f * np.exp(-((f / 0.4) ** 4))
    return np.fft.ifft2(np.fft.fft2(image - image.mean()) * gain).real


def patches(images, count, rng):
    size = images[0].shape[0]
    result = np.empty((count, SIDE * SIDE))
    for i in range(count):
        image = images[rng.integers(len(images))]
        a, b = rng.integers(0, size - SIDE, 2)
        result[i] = image[a:a + SIDE, b:b + SIDE].ravel()
    return result


def shrink(u):
    return np.sign(u) * np.maximum(np.abs(u) - THRESHOLD, 0)


def infer(x, fields, steps=50):
    """The locally competitive algorithm: u' = x fields - u - a (G - 1)."""
    drive = x @ fields
    others = fields.T @ fields - np.eye(fields.shape[1])
    u = np.zeros_like(drive)
    for _ in range(steps):
        u += 0.1 * (drive - u - shrink(u) @ others)
    return shrink(u)


def learn(images, rng, batches=2000, batch=100):
    fields = rng.normal(size=(SIDE * SIDE, UNITS))
    fields /= np.linalg.norm(fields, axis=0)
    for i in range(batches):
        x = patches(images, batch, rng)
        a = infer(x, fields)
        rate = 0.5 / (1 + i / 1000) * 4 / batch
        fields += rate * (x - a @ fields.T).T @ a
        fields /= np.linalg.norm(fields, axis=0)
    return fields


def gabor(p):
    x0, y0, angle, frequency, phase, sx, sy = p
    y, x = np.mgrid[:SIDE, :SIDE]
    u = (x - x0) * np.cos(angle) + (y - y0) * np.sin(angle)
    v = -(x - x0) * np.sin(angle) + (y - y0) * np.cos(angle)
    return (np.exp(-(u / sx) ** 2 / 2 - (v / sy) ** 2 / 2)
            * np.cos(2 * np.pi * frequency * u + phase)).ravel()


def explained(field, p):
    g = gabor(p)
    power = g @ g
    return (g @ field) ** 2 / (power * (field @ field)) if power > 1e-12 else 0


def fit(field, rng):
    """R^2 of the best Gabor function: starts by the spectrum, then a search."""
    image = field.reshape(SIDE, SIDE)
    energy = image**2
    y, x = np.mgrid[:SIDE, :SIDE]
    cx, cy = (energy * x).sum() / energy.sum(), (energy * y).sum() / energy.sum()
    spectrum = np.abs(np.fft.fft2(image, (64, 64)))[:, :33]
    fy, fx = np.unravel_index(spectrum.argmax(), spectrum.shape)
    fy, fx = (fy if fy <= 32 else fy - 64) / 64, fx / 64
    best, value = None, -1
    for phase in np.linspace(0, np.pi, 4, endpoint=False):
        for width in (1.0, 2.0, 3.5):
            p = np.array([cx, cy, np.arctan2(fy, fx), np.hypot(fx, fy), phase,
                          width, 1.5 * width])
            r = explained(field, p)
            if r > value:
                best, value = p, r
    scale = np.array([1, 1, 0.4, 0.04, 0.6, 0.7, 0.7])
    for i in range(1500):
        p = best + scale * rng.normal(size=7) * 0.5 ** (i / 300)
        if not (0.4 < p[5] < SIDE and 0.4 < p[6] < SIDE and 0 <= p[3] <= 0.5):
            continue
        r = explained(field, p)
        if r > value:
            best, value = p, r
    return value


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--control", action="store_true")
    parser.add_argument("--write", type=pathlib.Path)
    options = parser.parse_args()
    rng = np.random.default_rng(options.seed)
    if options.control:
        images = [rng.normal(size=(128, 128)) for _ in range(12)]
    else:
        images = [whiten(dead_leaves(128, rng)) for _ in range(12)]
    scale = np.std(images)
    images = [image / scale for image in images]
    fields = learn(images, rng)
    x = patches(images, 1000, rng)
    a = infer(x, fields, 300)
    rest = ((x - a @ fields.T) ** 2).sum() / (x**2).sum()
    quality = np.array([fit(field, rng) for field in fields.T])
    print(f"seed {options.seed}: {np.mean(quality >= 0.6):.0%} of {UNITS} fields "
          f"are Gabor functions (R2 >= 0.6), {np.mean(a != 0):.1%} of units "
          f"active, reconstruction R2 {1 - rest:.2f}")
    if options.write:
        np.save(options.write / "fields.npy", fields.astype("f4"))
        np.save(options.write / "readout.npy", np.ascontiguousarray(fields.T, "f4"))
        np.save(options.write / "others.npy",
                (fields.T @ fields - np.eye(UNITS)).astype("f4"))
        np.save(options.write / "patches.npy", x[:40].astype("f4"))


main()
