#!/usr/bin/env python3
"""How well are articles found on real pages? Scores kaoju, and Mozilla's Readability beside it, on
../shared/data/html with its own score_html.py.

  scripts/pages.py                        the score of build/kaoju
  scripts/pages.py --readability FOLDER   and of @mozilla/readability with jsdom, installed in FOLDER:
                                          npm install --prefix FOLDER @mozilla/readability jsdom
"""
import argparse
import json
import os
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
HTML = ROOT.parent / "shared/data/html"

READABILITY = """
const {JSDOM, VirtualConsole} = require('jsdom');
const {Readability} = require('@mozilla/readability');
const fs = require('fs');
for (const page of JSON.parse(fs.readFileSync(0, 'utf8'))) {
  const bytes = fs.readFileSync(process.argv[1] + '/' + page);
  const dom = new JSDOM(bytes, {virtualConsole: new VirtualConsole()});
  let article = null;
  try { article = new Readability(dom.window.document).parse(); } catch (e) {}
  const said = article || {};
  console.log(JSON.stringify({page, title: said.title, published: said.publishedTime, source: said.siteName,
                              author: said.byline ? [said.byline] : [], body: said.textContent || ''}));
}
"""


def pages():
    for path in sorted((HTML / "gold").glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        if "page" in gold:
            yield gold["page"]


def kaoju(page):
    run = subprocess.run([ROOT / "build/kaoju", "extract", "--quiet", HTML / "pages" / page],
                         stdout=subprocess.PIPE, check=False)
    rows = [json.loads(line) for line in run.stdout.decode().split("\n") if line]
    article = next((row for row in rows if row["kind"] == "article"), {})
    return {"page": page, "title": article.get("title"), "published": article.get("published"),
            "source": article.get("source"), "author": article.get("authors", []), "body": article.get("text", "")}


def readability(folder, names):
    run = subprocess.run(["node", "-e", READABILITY, HTML / "pages"], input=json.dumps(names).encode(),
                         stdout=subprocess.PIPE, check=True,
                         env=dict(os.environ, NODE_PATH=str(pathlib.Path(folder) / "node_modules")))
    return run.stdout.decode()


def score(name, lines):
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as system:
        system.write(lines)
        system.flush()
        run = subprocess.run([sys.executable, HTML / "gold/score_html.py", system.name],
                             stdout=subprocess.PIPE, check=True)
    print(f"== {name}\n{run.stdout.decode()}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--readability", metavar="FOLDER", help="where npm installed it")
    options = parser.parse_args()
    if not HTML.exists():
        sys.exit(f"{HTML}: is not here")
    names = list(pages())
    score("kaoju", "".join(json.dumps(kaoju(page), ensure_ascii=False) + "\n" for page in names))
    if options.readability:
        score("readability", readability(options.readability, names))


if __name__ == "__main__":
    main()
