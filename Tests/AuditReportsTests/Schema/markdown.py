"""Reads GitHub Flavored Markdown and says what is in it: markdown.py DOCUMENT

Prints a JSON object: "kinds" are the kinds of all tokens, "tables" the texts of the cells of each row of each table,
"lists" the texts of the items of lists, "headings" those of the headings. The exit status is 3 when Python has no
reader of Markdown.
"""

import json
import sys

try:
    from markdown_it import MarkdownIt
except ImportError:
    sys.exit(3)

with open(sys.argv[1], encoding="utf-8", newline="") as file:
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(file.read())

kinds, tables, lists, headings = set(), [], [], []
inside = None
for token in tokens:
    kinds.add(token.type)
    match token.type:
        case "table_open":
            tables.append([])
        case "tr_open":
            tables[-1].append([])
        case "th_open" | "td_open" | "heading_open" | "list_item_open":
            inside = token.type
        case "inline":
            kinds.update(child.type for child in token.children)
            text = "".join(child.content for child in token.children).strip()
            if inside in ("th_open", "td_open"):
                tables[-1][-1].append(text)
            elif inside == "heading_open":
                headings.append(text)
            elif inside == "list_item_open":
                lists.append(text)
            inside = None
print(json.dumps({"kinds": sorted(kinds), "tables": tables, "lists": lists, "headings": headings}))
