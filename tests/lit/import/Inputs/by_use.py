#!/usr/bin/env python3
"""Has a model take its network from a folder instead of by `import`.

Usage: by_use.py MODEL.snn
"""
import pathlib
import re
import sys


def main():
    model = pathlib.Path(sys.argv[1])
    text, count = re.subn(r'import "[^"]*" as eye \{[^}]*\}',
                          "column eye : Converted", model.read_text())
    assert count == 1, model
    model.write_text("use eye.column\n" + text)


if __name__ == "__main__":
    main()
