#!/usr/bin/env python3
"""A layer of which one unit never fires, whatever the input is.

Usage: silent.py FILE.onnx
"""
import sys

import onnx_file


def main():
    model = onnx_file.Model()
    x = model.input("x", ["N", 2])
    w = model.weights("w", [2, 3], [1.0, 0.0, 0.5, -0.3, 0.0, 0.8])
    bias = model.weights("bias", [3], [0.1, -1e12, 0.0])
    x = model.node("Relu", [model.node("Add", [model.node("MatMul", [x, w]),
                                               bias])])
    w = model.weights("v", [3, 2], [1.0, -1.0, 0.5, 0.25, 0.7, -0.2])
    model.output(model.node("MatMul", [x, w]))
    model.save(sys.argv[1])


if __name__ == "__main__":
    main()
