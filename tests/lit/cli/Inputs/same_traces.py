"""Whether two results folders have the same recorded states."""
import sys
import zipfile

first, second = (
    {name: archive.read(name) for name in archive.namelist()}
    for archive in (zipfile.ZipFile(f"{folder}/traces.npz")
                    for folder in sys.argv[1:3]))
assert first, "nothing was recorded"
assert first == second, [name for name in first
                         if first[name] != second.get(name)]
