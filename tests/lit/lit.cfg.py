# How lit runs the project's tests; lit.site.cfg.py, which CMake writes, loads it.
import os

import lit.formats

config.name = "snn"
config.test_format = lit.formats.ShTest(execute_external=False)
config.suffixes = [".mlir", ".snn", ".test"]
config.excludes = ["Inputs"]
config.test_source_root = os.path.dirname(__file__)
config.environment["PATH"] = os.path.pathsep.join(
    [config.snn_tools_dir, config.llvm_tools_dir, os.environ["PATH"]]
)
config.substitutions.append(("%{root}", config.snn_source_dir))
config.substitutions.append(("%{build}", config.snn_build_dir))
# `%exits 2 command`: the command ends with exit code 2.
config.substitutions.append(("%exits", os.path.join(os.path.dirname(__file__), "exits")))

# A test that needs a tool says so: `REQUIRES: snn`.
for tool in ["ann-trainer", "snn", "snn-onnx", "snn-opt", "snn-translate", "snn-unpack", "snn-lsp", "snn-reduce"]:
    if os.path.exists(os.path.join(config.snn_tools_dir, tool)):
        config.available_features.add(tool)

# SNN_VERIFY_ROUNDTRIP=1 prints and reads again, as text and as bytecode, the IR
# of every test.
if os.environ.get("SNN_VERIFY_ROUNDTRIP"):
    config.substitutions.append((r"\bsnn-opt\b", "snn-opt --verify-roundtrip"))
