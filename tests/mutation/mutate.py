#!/usr/bin/env python3
"""Breaks the examples and the library in small ways, and counts what is caught.

Each mutant is one model with one place changed; `snn check` reads it. What
changes a dimension or misspells a name must be an error (class marked "all"),
and nothing may crash, hang or fail without a code and a place. Usage:

  mutate.py SNN [--sample N] [--table] [--show CLASS] [FILE...]

--sample N takes every N-th mutant of each class; --table prints Markdown;
--show lists the mutants of a class that were not caught.
"""
import argparse
import collections
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
CLIENTS = ROOT / "tests/mutation/clients"
BATCH = 400
SECONDS = 300

# A mutant of these is an error, or one of the rules in `equivalent` excludes it.
MUST = {"unit of another dimension", "unit left out", "unit put on a number",
        "derivative of a value", "name misspelt", "word misspelt",
        "name of another dimension", "multiplied for divided",
        "delay, weight, rule, step, duration or network left out"}

UNIT = r"(?:[afpnumkMG]?(?:[VASFCM]|Hz|ohm)|[fpnumk]?[msg])"
POWER = r"(?:\^-?\d+)?"
TOKEN = re.compile(rf"""
    (?P<comment>//[^\n]*)
  | (?P<text>"[^"\n]*")
  | (?P<number>\d[\d_]*(?:\.\d+)?(?:e[-+]?\d+)?)
      (?:(?P<gap>\ )(?P<unit>{UNIT}{POWER}(?!\w)|\[[^\]]+\]|step\b|%))?
  | (?P<declared>(?<=:\ )(?:{UNIT}{POWER}(?!\w)|\[[^\]]+\]))
  | (?P<generic><{UNIT}>)
  | (?P<name>[A-Za-z_]\w*)
  | (?P<sign>->|\.\.|[-+*/<>=!]=|[-+*/^<>=(){{}}\[\].,:~'@%;])
  | (?P<newline>\n)
""", re.X)

OTHER = {"V": "A", "A": "S", "S": "F", "F": "V", "s": "V", "m": "s", "Hz": "V",
         "ohm": "V", "C": "S", "M": "A", "g": "s"}
SCALE = {"m": "u", "u": "n", "n": "p", "p": "f", "": "m", "k": "", "M": "k",
         "G": "M", "f": "a", "a": "f"}
WORDS = set("""and by else false if is let not of or then true via where at
bound column connect control drive duration every expect experiment for freeze
host in input modulator network neuron on out override param phase plasticity
plot population port post pre precision receptor record refractory repeat reset
resume schedule seed send spike state step sweep synapse use above after as clip
decreasing during extends from holding increasing keeping least monotone over
redraw rises seeds table to trace when within isi euler""".split())
DECLARES = {"param", "input", "receptor", "state", "let", "host", "population",
            "network", "experiment", "control", "neuron", "synapse", "port",
            "column", "plasticity", "modulator", "trace", "chip", "on"}

Token = collections.namedtuple("Token", "kind text start end unit unitStart")
Mutant = collections.namedtuple("Mutant", "family file line what text")


def tokens(text):
    found, position = [], 0
    while position < len(text):
        match = TOKEN.match(text, position)
        if not match:
            position += 1
            continue
        kind = match.lastgroup if match.lastgroup not in ("gap", "unit") \
            else "number"
        if kind != "comment":
            end = match.end()
            found.append(Token(kind, match.group(kind), match.start(), end,
                               match.group("unit"), match.start("unit")))
        position = match.end()
    return found


def base(unit):
    """The unit without its prefix: ("m", "V") of mV."""
    for name in ("Hz", "ohm", "V", "A", "S", "F", "C", "M", "g", "s", "m"):
        if unit.endswith(name) and len(unit) - len(name) <= 1:
            return unit[:-len(name)], name
    return None


def unit_changes(unit, change):
    """Each factor of a unit changed once, written whole again."""
    for match in re.finditer(rf"(?<![\w]){UNIT}(?!\w)", unit):
        parts = base(match.group())
        if parts:
            new = change(*parts)
            if new and new != match.group():
                yield unit[:match.start()] + new + unit[match.end():]


def dimension(unit):
    """A text that is equal for equal dimensions of simple units."""
    if not unit:
        return "1"
    return re.sub(UNIT, lambda m: (base(m.group()) or ("", m.group()))[1], unit)


def declarations(found):
    """name -> dimension, where it can be read off: `param a = 2 ms`, `: pA`."""
    known, every = {}, collections.Counter()
    for i, token in enumerate(found[:-2]):
        if token.kind != "name" or token.text in WORDS:
            continue
        if found[i + 1].text == "=" and found[i + 2].kind == "number" and \
                found[i + 3].text in ("\n", ",", ")", ";", "}"):
            if found[i - 1].text in ("param", "state", ",", "("):
                known[token.text] = dimension(found[i + 2].unit)
                every[token.text] += 1
        elif found[i + 1].text == ":" and found[i + 2].kind == "declared":
            known[token.text] = dimension(found[i + 2].text)
            every[token.text] += 1
        elif found[i - 1].text in DECLARES:
            every[token.text] += 1
    return {n: d for n, d in known.items() if every[n] == 1}


def statements(text):
    """(start, end) of lines, and of the settings between braces on one line."""
    offset = 0
    for line in text.splitlines(keepends=True):
        body = line.strip()
        if body and not body.startswith("//"):
            inside = re.search(r"\{ (.+) \}$", line.rstrip())
            if inside:
                at = offset + inside.start(1)
                for part in re.split(r"(; )", inside.group(1)):
                    if part != "; ":
                        yield at, at + len(part)
                    at += len(part)
            if body.count("{") == body.count("}"):
                yield offset, offset + len(line.rstrip("\n"))
        offset += len(line)


def left_out(text):
    """What kind of statement this is, for a family of mutants."""
    body = text.strip()
    word = re.match(r"\w+", body)
    word = word.group() if word else ""
    if word in ("delay", "weight", "step", "duration", "network"):
        return "delay, weight, rule, step, duration or network left out"
    if re.match(r".*'\s*=", body):
        return "equation left out"
    if word == "refractory":
        return "refractory time left out"
    if re.match(r"\w+ (=|\+=) ", body):
        return "reset or setting left out"
    if word in ("param", "state", "input", "receptor", "host", "let", "use",
                "population", "port"):
        return "declaration left out"
    if word in ("connect", "drive"):
        return "connection or drive left out"
    return None


def mutants(path, text):
    """All mutants of one file."""
    name = str(path.relative_to(ROOT))
    found = tokens(text)
    found += [Token("newline", "\n", len(text), len(text), None, -1)] * 3
    known = declarations(found)
    uses = collections.Counter(t.text for t in found if t.kind == "name")
    names = sorted(known)

    def make(family, start, end, new):
        line = text.count("\n", 0, start) + 1
        old = text[start:end].strip()
        return Mutant(family, name, line, f"`{old}` -> `{new.strip()}`",
                      text[:start] + new + text[end:])

    other = lambda prefix, unit: (prefix or "m") + OTHER[unit]
    scale = lambda prefix, unit: SCALE.get(prefix, "m") + unit
    for i, token in enumerate(found):
        before, after = found[i - 1].text, found[i + 1].text \
            if i + 1 < len(found) else "\n"
        if token.kind in ("declared", "generic"):
            for new in unit_changes(token.text, other):
                yield make("unit of another dimension", token.start, token.end,
                           new)
            for new in unit_changes(token.text, scale):
                yield make("declared scale", token.start, token.end, new)
        elif token.kind == "number":
            number, numberEnd = token.text, token.start + len(token.text)
            zero = float(number.replace("_", "")) == 0
            if token.unit and token.unit not in ("step", "%"):
                for new in unit_changes(token.unit, other):
                    yield make("unit of another dimension", token.unitStart,
                               token.end, new)
                for new in unit_changes(token.unit, scale):
                    if not zero:
                        yield make("scale", token.unitStart, token.end, new)
                # A zero without unit is the zero of every dimension.
                if not zero:
                    yield make("unit left out", numberEnd, token.end, "")
            elif not token.unit and not zero:
                yield make("unit put on a number", numberEnd, token.end, " mV")
            if not zero:
                yield make("number times ten", token.start, numberEnd,
                           number.replace("_", "") + "0" if "." not in number
                           and "e" not in number
                           else repr(float(number) * 10))
        elif token.kind == "name":
            wrong = token.text[:-1] + ("q" if token.text[-1] != "q" else "z") \
                if len(token.text) > 1 else token.text + "q"
            # The axes of a table, and a port of a column, have any names.
            if "table" in (found[i - 2].text, found[i - 4].text) or \
                    (before == "in" and after == "->"):
                continue
            if token.text in WORDS and before != "." and after != "=":
                yield make("word misspelt", token.start, token.end, wrong)
            elif (uses[token.text] > 1 or before not in DECLARES | {","}) and \
                    before not in ("as", "control", "chip"):
                # What is declared and not used again has merely another name, as
                # have controls and chips; a sweep has two, its path and the one
                # after `as`.
                yield make("name misspelt", token.start, token.end, wrong)
            mine = known.get(token.text)
            if mine and before not in DECLARES | {","} and after != "=":
                for step, one in enumerate(names):
                    if known[one] != mine:
                        yield make("name of another dimension", token.start,
                                   token.end, one)
                        break
                same = [n for n in names if known[n] == mine
                        and n != token.text]
                if same:
                    yield make("name of the same dimension", token.start,
                               token.end, same[0])
            swap = {"E": "I", "I": "E", "exc": "inh", "inh": "exc"}
            if token.text in swap and swap[token.text] in uses:
                yield make("E and I, exc and inh swapped", token.start,
                           token.end, swap[token.text])
        elif token.text in ("*", "/", "*=", "/="):
            swapped = token.text.replace("*", "?").replace("/", "*") \
                .replace("?", "/")
            right = found[i + 1]
            has = known.get(right.text) if right.kind == "name" and \
                found[i + 2].text not in (".", "(", "[") else \
                dimension(right.unit) if right.kind == "number" else None
            yield make("multiplied for divided" if has not in (None, "1")
                       else "multiplied for divided, by a number or a group",
                       token.start, token.end, swapped)
        elif token.text in ("+", "-", "+=", "-="):
            swapped = token.text.replace("+", "?").replace("-", "+") \
                .replace("?", "-")
            yield make("sign", token.start, token.end, swapped)
            term = re.match(r"[-+] [^-+()\n,;}]+(\([^()\n]*\))?", text[token.start:])
            if term and "=" not in token.text:
                yield make("term left out", token.start,
                           token.start + term.end(), "")
        elif token.text in (">=", "<=", ">", "<"):
            yield make("comparison turned", token.start, token.end,
                       token.text.replace(">", "?").replace("<", ">")
                       .replace("?", "<"))
        elif token.text == "'":
            yield make("derivative of a value", token.start, token.end, "")
    for start, end in statements(text):
        family = left_out(text[start:end])
        # An heir has what it leaves out from its base, as a control has.
        header = re.findall(r"^(?:experiment|  control|  \}).*$", text[:start],
                            re.M)
        if family in MUST and header and \
                (" extends " in header[-1] or "control" in header[-1]):
            continue
        if family:
            yield make(family, start, end, "")
    for match in re.finditer(r" by (?:probability|indegree|all_to_all)"
                             r"(?:\([^()]*\))?", text):
        if "//" not in text[text.rfind("\n", 0, match.start()):match.start()]:
            yield make("delay, weight, rule, step, duration or network left "
                       "out", match.start(), match.end(), "")


def client(original, text):
    """Who uses a model, if that is needed to see all that is wrong with it."""
    usual = {"columns": "column", "stimuli": "column",
             "synapses": "kinetics" if "<U>" in text else "synapse"}
    own = CLIENTS / original.name
    if own.exists():
        return own.read_text()
    if original.parent.name not in usual:
        return None
    return (CLIENTS / f"{usual[original.parent.name]}.snn").read_text() \
        .replace("MODEL", original.stem)


def check(snn, batch):
    """For each mutant: (errors, warnings), or a text of what went wrong."""
    with tempfile.TemporaryDirectory() as folder:
        files = []
        for number, mutant in enumerate(batch):
            place = pathlib.Path(folder) / str(number)
            original = pathlib.Path(mutant.file)
            files.append(place / original.name)
            place.mkdir()
            files[-1].write_text(mutant.text)
            # What it imports and loads stands beside it.
            for beside in (ROOT / original).parent.iterdir():
                if beside.suffix in (".onnx", ".npy", ".csv"):
                    shutil.copy(beside, place)
            using = client(original, mutant.text)
            if using:
                files.append(place / "client.snn")
                files[-1].write_text(using)
        try:
            done = subprocess.run([snn, "check", "--message-format", "json",
                                   *map(str, files)], capture_output=True,
                                  text=True, timeout=SECONDS)
        except subprocess.TimeoutExpired:
            done = None
        if done is None or done.returncode not in (0, 1):
            if len(batch) == 1:
                return ["hangs" if done is None else
                        f"exit code {done.returncode}: {done.stderr[-500:]}"]
            half = len(batch) // 2
            return check(snn, batch[:half]) + check(snn, batch[half:])
        seen = [[0, 0] for _ in batch]
        for line in (done.stdout + done.stderr).splitlines():
            if not line.startswith("{"):
                continue
            message = json.loads(line)
            # The places that the message points at: its own and its labels'.
            at = {pathlib.Path(one.get("file", ""))
                  for one in [message, *message.get("labels", [])]}
            numbers = {int(p.parent.name) for p in at
                       if p.parent.parent == pathlib.Path(folder)}
            for number in numbers:
                seen[number][message["severity"] == "warning"] += 1
        return [tuple(s) for s in seen]


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__,
                                      formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("snn")
    options.add_argument("files", nargs="*", type=pathlib.Path)
    options.add_argument("--sample", type=int, default=1)
    options.add_argument("--table", action="store_true")
    options.add_argument("--show", default="")
    given = options.parse_intermixed_args()
    files = [f.resolve() for f in given.files] or sorted(
        [*ROOT.glob("examples/*/model.snn"), *ROOT.glob("stdlib/*/*.snn")])
    families = collections.defaultdict(list)
    for path in files:
        for mutant in mutants(path, path.read_text()):
            families[mutant.family].append(mutant)
    chosen = [m for family in sorted(families)
              for m in families[family][::given.sample]]
    results = []
    for i in range(0, len(chosen), BATCH):
        results += check(given.snn, chosen[i:i + BATCH])

    count = collections.defaultdict(collections.Counter)
    wrong = 0
    for mutant, result in zip(chosen, results):
        row = count[mutant.family]
        row["all"] += 1
        place = f"{mutant.file}:{mutant.line}: {mutant.what}"
        if isinstance(result, str):
            wrong += 1
            print(f"{place}: {result}")
            continue
        errors, warnings = result
        row["caught"] += errors > 0
        row["warned"] += errors == 0 and warnings > 0
        if not errors and mutant.family in MUST:
            wrong += 1
            print(f"{place}: {mutant.family}, and no error")
        elif not errors and given.show and given.show in mutant.family:
            print(f"{place}: not caught")
    form = "| {} | {} | {} | {} | {} |" if given.table else \
        "{:56} {:>6} {:>6} {:>6}  {}"
    print(form.format("change", "mutants", "errors", "warned", "must be caught"))
    if given.table:
        print("|---|---|---|---|---|")
    for family in sorted(count, key=lambda f: (f not in MUST, f)):
        row = count[family]
        print(form.format(family, row["all"], row["caught"], row["warned"],
                          "all" if family in MUST else ""))
    print(f"{len(chosen)} mutants, {wrong} wrong")
    return wrong != 0 or not chosen


if __name__ == "__main__":
    sys.exit(main())
