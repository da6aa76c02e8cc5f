#!/usr/bin/env python3
"""How well is damage repaired? Damages clean articles itself, by code that shares nothing with the
repairer, and counts what comes back exactly.

  scripts/repairs.py seed               the damaged article of ../shared/gold/seed: right, missing, wrong
  scripts/repairs.py clean [--print]    what is repaired in clean articles; control and entity aside it should be nothing
  scripts/repairs.py damage [COUNT]     COUNT (10,000) articles damaged in each way, and the share repaired exactly
  scripts/repairs.py opencc             ../shared/data/convert against Debian's opencc (apt-get install opencc)

Needs build/kaoju_repairs, and ../shared.
"""
import collections
import gzip
import json
import pathlib
import random
import re
import subprocess
import sys
import tempfile
import unicodedata

ROOT = pathlib.Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
TOOL = ROOT / "build/kaoju_repairs"
HARMLESS = {"control", "entity", "width"}


def report(path, *options):
    run = subprocess.run([TOOL, *options, path], stdout=subprocess.PIPE, check=True)
    return [json.loads(line) for line in run.stdout.decode().split("\n") if line]


def articles():
    for path in sorted((SHARED / "data/articles").glob("*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                yield path.name, json.loads(line)


def seed():
    folder = SHARED / "gold/seed"
    gold = [json.loads(line) for line in open(folder / "damage.jsonl", encoding="utf-8")]
    gold = [g for g in gold if g["kind"] in ("pinyin-gloss", "mojibake")]
    found = {(r["start"], r["end"]): r for r in report(folder / "text.txt")[0]["repairs"]}
    for kind in ("pinyin-gloss", "mojibake"):
        rows = [g for g in gold if g["kind"] == kind and not g["optional"]]
        right = [g for g in rows if found.get((g["start"], g["end"]), {}).get("after") == g["repair"]]
        print(f"{kind}: {len(right)} right, {len(rows) - len(right)} missing, of {len(rows)}")
        for g in rows:
            if g not in right:
                print("  missing:", g["start"], g["damaged"], "->", g["repair"])
    wrong = [r for span, r in found.items()
             if not any((g["start"], g["end"]) == span and g["repair"] == r["after"] for g in gold)]
    print(f"wrong: {len(wrong)}")
    for r in wrong:
        print(" ", r["start"], r["kind"], r["before"], "->", r["after"])


def clean(show):
    kinds = collections.Counter()
    documents = 0
    for path in sorted((SHARED / "data/articles").glob("*.jsonl.gz")):
        scripts = collections.Counter()
        for doc in report(path):
            documents += 1
            scripts[doc["script"]] += 1
            for r in doc["repairs"]:
                kinds[r["kind"]] += 1
                if show and r["kind"] not in HARMLESS:
                    print(f'{path.name} {doc["id"]} {r["kind"]} {r["certainty"]}: '
                          f'{r["left"]!r} [{r["before"]!r} -> {r["after"]!r}] {r["right"]!r}')
        print(path.name, "scripts:", dict(scripts))
    print(f"{documents} articles; repairs by kind: {dict(kinds)}")
    print("of a kind other than control, width, entity:",
          sum(n for kind, n in kinds.items() if kind not in HARMLESS))


# The damage. Each function gives the damaged text, or None where this text cannot be damaged so that the way back exists.

READINGS = {}  # filled from the seed's own glosses: which characters the converters gloss, and how


def load_readings():
    rows = [json.loads(line) for line in open(SHARED / "gold/seed/damage.jsonl", encoding="utf-8")]
    for row in rows:
        if row["kind"] == "pinyin-gloss":
            READINGS[row["repair"]] = re.search(r"\((.*)\)", row["damaged"]).group(1)
    READINGS["驅"] = "qū"


def glossed(text, written):
    """`written` says how a reading stands in the gloss; None: it does not."""
    out, count = [], 0
    for c in text:
        out.append(c)
        reading = written(READINGS[c]) if c in READINGS else None
        if reading:
            out.append(f"({reading})")
            count += 1
    return "".join(out) if count >= 3 else None


def glosses(text, rng):
    return glossed(text, lambda reading: reading)


def without_tone(reading):
    plain = unicodedata.normalize("NFD", reading)
    return None if "\u0308" in plain else "".join(c for c in plain if ord(c) < 128)  # ü is written in several ways


def toneless(text, rng):
    return glossed(text, without_tone)


def gbk_decode(data):
    """As the converter that made the seed: a lead byte before '(' or '<' swallows it and gives '?'; before anything else
    that is no second byte it gives '?' alone."""
    out, at, lost = [], 0, 0
    while at < len(data):
        byte = data[at]
        if byte < 0x80:
            out.append(chr(byte))
            at += 1
            continue
        pair = data[at:at + 2]
        try:
            out.append(pair.decode("gbk"))
            at += 2
        except UnicodeDecodeError:
            out.append("?")
            lost += 1
            at += 2 if len(pair) == 2 and pair[1] in b"(<" else 1
    return "".join(out), lost


def slips(text, rng):
    """Glosses by byte pattern and A3 BF by '?', in the bytes of the page. A slip costs one byte, which the reading of
    the gloss or the word gives back; where the shifted bytes hit a pair that is no character, another byte is gone for
    good, and the text is left out: nobody can say what stood there."""
    try:
        data = text.encode("gbk")
    except UnicodeEncodeError:
        return None
    out, crossed = bytearray(), 0
    marks = {c.encode("gbk"): f"({r})".encode("gbk") for c, r in READINGS.items()}
    starts, at = set(), 0
    while at < len(data):
        starts.add(at)
        at += 1 if data[at] < 0x80 else 2
    at = 0
    while at < len(data):
        pair = bytes(data[at:at + 2])
        if pair == b"\xa3\xbf":
            out += b"?"
            crossed += at not in starts
            at += 2
        elif pair in marks:
            out += pair + marks[pair]
            crossed += at not in starts
            at += 2
        else:
            out.append(data[at])
            at += 1
    damaged, lost = gbk_decode(bytes(out))
    return damaged if crossed and lost == crossed else None


def read_as(wrote, read, times=1):
    def damage(text, rng):
        for _ in range(times):
            try:
                damaged = "\n".join(line.encode(wrote).decode(read) for line in text.split("\n"))
                if "\n".join(line.encode(read).decode(wrote) for line in damaged.split("\n")) != text:
                    return None
            except UnicodeError:
                return None
            text = damaged
        return text
    return damage


def entities(text, rng):
    names = {"“": "&ldquo;", "”": "&rdquo;", "—": "&#8212;", "·": "&middot;", "…": "&#x2026;", "、": "&#12289;"}
    damaged = "".join(names.get(c, c) for c in text)
    return damaged if damaged != text else None


def invisible(text, rng):
    return "".join(c + rng.choice(["", "", "", "\u200b", "\ufeff", "\x02"]) for c in text)


def cut_tags(text, rng):
    return text.replace("。\n", "。/p>\n") if "。\n" in text else None


def sentences(text):
    return [s for s in re.split(r"(?<=[。！？\n])", text) if s.strip()]


WAYS = {
    "glosses": (glosses, 0.99), "toneless glosses": (toneless, 0.99), "byte slips": (slips, 0.95),
    "UTF-8 as Latin-1": (read_as("utf-8", "latin-1"), 0.99), "GBK as Latin-1": (read_as("gbk", "latin-1"), 0.99),
    "Big5 as Latin-1": (read_as("big5", "latin-1"), 0.99), "UTF-8 as GBK": (read_as("utf-8", "gb18030"), 0.99),
    "UTF-8 as Latin-1 twice": (read_as("utf-8", "latin-1", 2), 0.99),
    "entities": (entities, 0.99), "invisible": (invisible, 0.99), "cut tags": (cut_tags, 0.99),
}


def damage(count):
    load_readings()
    rng = random.Random(20240615)
    pool = [a["text"] for _, a in articles()]
    rng.shuffle(pool)
    for name, (way, wanted) in WAYS.items():
        pairs = []
        for text in pool:
            pieces = [text]
            # Misreading can be undone line by line; take the sentences of which the way back exists.
            if " as " in name:
                pieces = [s for s in sentences(text) if len(s.strip()) > 8][:1]
            elif name == "byte slips":
                pieces = [line for line in text.split("\n") if len(line) > 8]
            for piece in pieces:
                damaged = way(piece, rng)
                if damaged is not None:
                    pairs.append((piece, damaged))
            if len(pairs) >= count:
                break
        measure(name, pairs, wanted)


def measure(name, pairs, wanted):
    with tempfile.TemporaryDirectory() as folder:
        for file, index in (("clean.jsonl", 0), ("damaged.jsonl", 1)):
            with open(f"{folder}/{file}", "w", encoding="utf-8") as out:
                for i, pair in enumerate(pairs):
                    out.write(json.dumps({"id": str(i), "text": pair[index]}) + "\n")
        clean_docs = report(f"{folder}/clean.jsonl", "--folded")
        damaged_docs = report(f"{folder}/damaged.jsonl", "--folded")
    right = other = total_sentences = 0
    shown = 0
    for (text, damaged), before, after in zip(pairs, clean_docs, damaged_docs):
        # Full-width ? became half-width in the damage of byte slips itself.
        want, got = (d["folded"].replace("？", "?") for d in (before, after))
        right += want == got
        if want != got and shown < 3 and "-v" in sys.argv:
            shown += 1
            at = next((i for i, (x, y) in enumerate(zip(want, got)) if x != y), 0)
            print(f"  wanted {want[max(0, at - 15):at + 25]!r} got {got[max(0, at - 15):at + 25]!r}")
        clean_parts = sentences(text)
        total_sentences += len(clean_parts)
        if name in ("glosses", "toneless glosses", "byte slips"):
            spans = [(r["start"], r["end"]) for r in after["repairs"] if r["kind"] not in HARMLESS]
            at = 0
            data = damaged.encode()
            for part in clean_parts:
                found = data.find(part.encode(), at)
                if found < 0:
                    continue
                at = found + len(part.encode())
                other += any(s < at and e > found and s > found for s, e in spans)
    share = right / len(pairs) if pairs else 0
    verdict = "" if share >= wanted else f"  (wanted: {wanted:.0%})"
    print(f"{name}: {right} of {len(pairs)} articles exactly, {share:.2%}{verdict}; "
          f"undamaged sentences changed: {other}", flush=True)


def opencc():
    rows = [json.loads(line) for line in open(SHARED / "data/convert/opencc_cases.jsonl", encoding="utf-8")]
    for config in ("t2s", "tw2s", "hk2s"):
        cases = [r for r in rows if r["config"] == config]
        theirs = subprocess.run(["opencc", "-c", config], input="\n".join(r["input"] for r in cases), text=True,
                                stdout=subprocess.PIPE, check=True).stdout.split("\n")
        with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as file:
            for r in cases:
                file.write(json.dumps({"text": r["input"]}) + "\n")
            file.flush()
            ours = [d["folded"] for d in report(file.name, "--folded")]
        width = lambda s: unicodedata.normalize("NFKC", s)
        mine = sum(width(o) == width(r["expected"]) for o, r in zip(ours, cases))
        their = sum(t == r["expected"] for t, r in zip(theirs, cases))
        print(f"{config}: kaoju {mine}, opencc {their}, of {len(cases)}")
        for o, t, r in zip(ours, theirs, cases):
            if width(o) != width(r["expected"]) and "-v" in sys.argv:
                print(f'  {r["input"]} wanted {r["expected"]} got {o}; opencc {t}')


if __name__ == "__main__":
    mode = sys.argv[1] if len(sys.argv) > 1 else ""
    if mode == "seed":
        seed()
    elif mode == "clean":
        clean("--print" in sys.argv)
    elif mode == "damage":
        damage(int(sys.argv[2]) if len(sys.argv) > 2 else 10000)
    elif mode == "opencc":
        opencc()
    else:
        sys.exit(__doc__)
