#!/usr/bin/env python3
"""How well are articles found on real pages? Scores kaoju, and Mozilla's Readability beside it, on
../shared/data/html with its own score_html.py.

  scripts/pages.py                        the score of build/kaoju, with the profiles of sites and without them
  scripts/pages.py --readability FOLDER   and of @mozilla/readability with jsdom, installed in FOLDER:
                                          npm install --prefix FOLDER @mozilla/readability jsdom
"""
import argparse
import json
import os
import pathlib
import shutil
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
    """Each page with its address, or that of its site where the page's own is not known."""
    for path in sorted((HTML / "gold").glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        if "page" in gold:
            yield gold["page"], gold.get("url") or f"https://{gold['site']}/"


def kaoju(page, url, folder, rules):
    copy = pathlib.Path(folder) / "page.html"
    shutil.copyfile(HTML / "pages" / page, copy)
    copy.with_suffix(".meta.json").write_text(json.dumps({"url": url}))
    run = subprocess.run([ROOT / "build/kaoju", "extract", "--quiet", "--rules", rules, copy],
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
    known = list(pages())
    with tempfile.TemporaryDirectory() as folder:
        without = pathlib.Path(folder) / "rules"
        shutil.copytree(ROOT / "rules", without, ignore=shutil.ignore_patterns("sites"))
        for name, rules in (("kaoju", ROOT / "rules"), ("kaoju without profiles of sites", without)):
            rows = (kaoju(page, url, folder, rules) for page, url in known)
            score(name, "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows))
    if options.readability:
        score("readability", readability(options.readability, [page for page, _ in known]))


if __name__ == "__main__":
    main()
