"""Reads a page that truewheel wrote, and prints what is wrong with it.

    parse.py PAGE [TEXTS]

TEXTS is a JSON list of texts that a reader must find in the page. Ends with 0 when nothing is wrong, with 1 otherwise.
"""

import base64
import hashlib
import html.parser
import json
import re
import sys

VOID = {"meta", "input", "br", "hr", "img", "link", "wbr", "base", "col", "embed", "source", "track", "area"}
# What a report is made of; anything else came from a name.
KNOWN = set(
    "html head meta title style body a header h1 h2 h3 p main section div table thead tbody tr th td span code small "
    "details summary ul li dl dt dd label input select option output svg path g rect text footer script wbr".split())
REFERENCES = {"for", "aria-labelledby", "aria-describedby", "aria-controls", "data-table"}
ATTRIBUTES = REFERENCES | set(
    "lang charset http-equiv content name id class href tabindex role scope hidden type autocomplete spellcheck "
    "aria-live aria-sort aria-hidden focusable title open data-sortable data-noun data-key data-ends data-node data-rows "
    "data-status data-kind data-extension value "
    "width height viewbox x y d rx".split())


class Page(html.parser.HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.open, self.faults, self.ids, self.wanted = [], [], [], []
        # A place where a name may be broken parts no text.
        self.is_joined = False
        self.texts, self.contents, self.levels, self.policy = [], {"style": [], "script": []}, [], ""

    def handle_startendtag(self, tag, attributes):
        self.element(tag, attributes)

    def handle_starttag(self, tag, attributes):
        self.element(tag, attributes)
        if tag not in VOID:
            self.open.append(tag)
        if tag in self.contents:
            self.contents[tag].append("")

    def element(self, tag, attributes):
        names = [name for name, _ in attributes]
        self.is_joined = tag == "wbr"
        if tag not in KNOWN:
            self.fault(f"unknown element {tag}")
        if len(set(names)) != len(names):
            self.fault(f"attribute given twice to {tag}")
        for name, value in attributes:
            if name not in ATTRIBUTES:
                self.fault(f"unknown attribute {name} of {tag}")
            if name == "id":
                self.ids.append(value)
            if name in REFERENCES:
                self.wanted += value.split()
            if name == "href":
                if not value.startswith("#"):
                    self.fault(f"link out of the page: {value}")
                self.wanted.append(value[1:])
        given = dict(attributes)
        if given.get("http-equiv") == "Content-Security-Policy":
            self.policy = given["content"]
        if re.fullmatch("h[1-6]", tag):
            self.levels.append(int(tag[1]))

    def handle_endtag(self, tag):
        self.is_joined = False
        if not self.open or self.open.pop() != tag:
            self.fault(f"{tag} ends what it did not begin")

    def handle_data(self, data):
        inside = self.open[-1] if self.open else ""
        if inside in self.contents:
            self.contents[inside][-1] += data
        elif self.is_joined and self.texts:
            self.texts[-1] += data
        else:
            self.texts.append(data)

    def handle_comment(self, data):
        self.fault(f"a comment: {data}")

    def handle_pi(self, data):
        self.fault(f"a processing instruction: {data}")

    def fault(self, words):
        self.faults.append(f"line {self.getpos()[0]}: {words}")

    def judge(self, wanted_texts):
        yield from self.faults
        if self.open:
            yield f"never ended: {self.open}"
        for name in sorted({name for name in self.ids if self.ids.count(name) > 1}):
            yield f"id given twice: {name}"
        for name in sorted(set(self.wanted) - set(self.ids)):
            yield f"no element has the id {name}"
        if self.levels[:1] != [1] or self.levels.count(1) != 1:
            yield f"the headings do not begin with the only h1: {self.levels}"
        for above, below in zip(self.levels, self.levels[1:]):
            if below > above + 1:
                yield f"a heading of level {below} follows one of level {above}"
        if "default-src 'none'" not in self.policy:
            yield f"the policy does not forbid to load: '{self.policy}'"
        for kind, contents in self.contents.items():
            if len(contents) != 1:
                yield f"{len(contents)} elements {kind}"
            for content in contents:
                digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
                if f"{kind}-src 'sha256-{digest}';" not in self.policy:
                    yield f"the policy must allow the {kind} sha256-{digest}"
                # The name of a namespace is not loaded.
                content = content.replace('"http://www.w3.org/2000/svg"', "")
                if re.search(r"url\(|@import|https?:|\bimport\b|fetch\(|innerHTML|eval\(", content):
                    yield f"the {kind} loads something or makes text into code"
        text = "\n".join(self.texts)
        for wanted in wanted_texts:
            if wanted not in text:
                yield f"not in the page: {wanted!r}"


def main(page, texts=None):
    with open(page, encoding="utf-8", newline="") as file:
        source = file.read()
    wanted = []
    if texts is not None:
        with open(texts, encoding="utf-8") as file:
            wanted = json.load(file)
    parser = Page()
    parser.feed(source)
    parser.close()
    faults = list(parser.judge(wanted))
    for fault in faults[:50]:
        print(fault)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
