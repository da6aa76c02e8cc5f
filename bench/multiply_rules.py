#!/usr/bin/env python3
"""Writes a rules folder that holds every rule N times, to measure time over the number of rules.

    bench/multiply_rules.py 8 /tmp/rules-8 --distinct
    KAOJU_RULES=/tmp/rules-8 build/kaoju_bench --benchmark_filter=extract

The copies stand right after their original, as NAME-copy2, NAME-copy3 and so on. They match and emit the same, so the
facts stay the same, and the loader sees that: it keeps one pattern for all. With --distinct every copy's patterns end
in an optional element of their own that no text holds, so that no two copies are the same automaton. The examples of
copies cannot hold, since the original wins: load the folder with kaoju_bench, which does not run examples; `kaoju`
refuses it.
"""

import argparse
import pathlib
import re
import shutil
import sys

FIELD = re.compile(r"^\s+(\w+)\b")
RULE = re.compile(r"^rule\s+(\S+)")


def blocks(lines):
    """Splits a pack into (name, lines): one pair per rule, None for what stands between rules."""
    name, block = None, []
    for line in lines:
        rule = RULE.match(line)
        if rule or (name and line.strip() and not line[0].isspace()):
            yield name, block
            name, block = rule and rule[1], []
        block.append(line)
    yield name, block


def copy_of(name, block, number, distinct, serial):
    """The lines of the copy that bears this number."""
    copy = [f"rule {name}-copy{number}"]
    for line in block[1:]:
        field = FIELD.match(line)
        if distinct and field and field[1] == "match":
            line = f"{line.rstrip()}(?:甲乙丙{serial})?"
        if field:
            copy.append(line)
    return copy


def multiply(text, times, distinct, serials):
    """The pack with every rule `times` times."""
    out = []
    for name, block in blocks(text.splitlines()):
        out += block
        if not name:
            continue
        for number in range(2, times + 1):
            out += ["", *copy_of(name, block, number, distinct, next(serials))]
        out.append("")
    return "\n".join(out) + "\n"


def counter():
    number = 0
    while True:
        number += 1
        yield number


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("times", type=int, help="how often every rule is to stand there, at least 1")
    parser.add_argument("out", type=pathlib.Path, help="the folder to write; it must not exist yet")
    parser.add_argument("--rules", type=pathlib.Path, help="the rules to multiply (default: the project's own)",
                        default=pathlib.Path(__file__).resolve().parent.parent / "rules")
    parser.add_argument("--distinct", action="store_true", help="make no two copies the same automaton")
    options = parser.parse_args()
    if options.times < 1:
        parser.error(f"times: at least 1 expected, got {options.times}")
    if options.out.exists():
        parser.error(f"out: {options.out} exists already")
    (options.out / "packs").mkdir(parents=True)
    for folder in sorted(p for p in options.rules.iterdir() if p.is_dir() and p.name != "packs"):
        shutil.copytree(folder, options.out / folder.name)
    serials = counter()
    rules = 0
    for pack in sorted((options.rules / "packs").glob("*.rules")):
        text = multiply(pack.read_text(encoding="utf-8"), options.times, options.distinct, serials)
        (options.out / "packs" / pack.name).write_text(text, encoding="utf-8")
        rules += sum(1 for line in text.splitlines() if RULE.match(line))
    print(f"{options.out}: {rules} rules", file=sys.stderr)


if __name__ == "__main__":
    main()
