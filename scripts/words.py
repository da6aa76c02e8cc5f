#!/usr/bin/env python3
"""Make rules/words/common.tsv anew from a dictionary of jieba (dict.txt of the PyPI package jieba 0.42.1).

    scripts/words.py DICT > common.tsv && mv common.tsv rules/words/

Which words matter to the shape of a name follows from SURNAME and GIVEN in rules/lexicon: run this when they change.
What the dictionary has as a word and is a person's name stands in rules/words/names.tsv.
"""

import pathlib
import re
import sys

RULES = pathlib.Path(__file__).resolve().parent.parent / "rules"
HAN = re.compile("[\u4e00-\u9fff]{2,4}")
AGAIN = 6  # a name counted as a word: one use in so many is one
OFTEN, EVER = 50, 3
NAME_OFTEN = 30


def rows(path):
    with open(RULES / path, encoding="utf-8") as f:
        return [line.rstrip("\n").split("\t") for line in f if not line.startswith("#")]


def characters(path, *kinds):
    """The characters of some classes that may be part of a name found by its shape."""
    out = set()
    for cells in rows(path):
        flags = cells[3].split(",") if len(cells) > 3 else []
        if len(cells[0]) == 1 and cells[1] in kinds and ("weak" not in flags or "shape" in flags):
            out.add(cells[0])
    return out


def counted(path, names):
    """(word, count) of each line of the dictionary that is no name."""
    with open(path, encoding="utf-8") as f:
        for line in f:
            word, count, tag = line.split()
            count = int(count)
            if not HAN.fullmatch(word) or word in names:
                continue
            if tag.startswith("nr"):
                if len(word) == 2 and count >= NAME_OFTEN:
                    yield word, count // AGAIN
            else:
                yield word, count


def matters(word, count, surnames, given, foreign):
    """Whether a name could begin in the word, end in it, or have it as its given name, or look transliterated."""
    if len(word) > 2 and all(c in foreign for c in word):
        return count >= EVER
    begins = word[0] in surnames and word[1] in given
    inside = any(c in surnames and all(g in given for g in word[i + 1 :]) for i, c in enumerate(word) if i)
    if len(word) == 2:
        return count >= OFTEN and (word[0] in given or inside) or begins
    return count >= OFTEN and word[0] in given or count >= EVER and (begins or inside)


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    surnames = characters("lexicon/surnames.tsv", "SURNAME")
    given = characters("lexicon/given.tsv", "GIVEN", "GIVEN_SELDOM")
    foreign = characters("lexicon/translit.tsv", "TRANSLIT")
    names = {cells[0] for cells in rows("words/names.tsv")}
    with open(RULES / "words/common.tsv", encoding="utf-8") as f:
        sys.stdout.writelines(line for line in f if line.startswith("#"))
    for word, count in sorted(counted(sys.argv[1], names)):
        if matters(word, count, surnames, given, foreign):
            print(f"{word}\t{count}")


main()
