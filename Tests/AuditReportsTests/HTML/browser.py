"""Opens pages in a headless Chromium, uses them as a reader does, and prints what is wrong.

    browser.py PAGE...

Ends with 0 when nothing is wrong, 1 when something is, 3 when there is no Chromium.
"""

import fcntl
import json
import os
import pathlib
import select
import shutil
import subprocess
import sys
import tempfile
import time

TIME_LIMIT = 60
WIDTHS = (360, 1600)
# A sheet of A4 between its margins.
PAPER = 720


class Browser:
    """Chromium, spoken to through pipes: JSON messages that end with NUL."""

    def __init__(self, program, profile):
        to_browser, self.out = os.pipe()
        self.into, from_browser = os.pipe()

        def place_pipes():
            # The browser reads from 3 and writes to 4; neither end may be overwritten before it is placed.
            reading = fcntl.fcntl(to_browser, fcntl.F_DUPFD_CLOEXEC, 10)
            writing = fcntl.fcntl(from_browser, fcntl.F_DUPFD_CLOEXEC, 10)
            os.dup2(reading, 3)
            os.dup2(writing, 4)

        flags = ["--headless", "--disable-gpu", "--no-first-run", "--disable-dev-shm-usage", "--remote-debugging-pipe",
                 f"--user-data-dir={profile}", "--disable-background-networking",
                 "--host-resolver-rules=MAP * ~NOTFOUND"]
        if os.geteuid() == 0:
            flags.append("--no-sandbox")
        self.process = subprocess.Popen(
            [program, *flags, "about:blank"], preexec_fn=place_pipes, close_fds=False,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=os.environ | {"HOME": profile})
        os.close(to_browser)
        os.close(from_browser)
        self.waiting = b""
        self.count = 0
        self.events = []
        self.session = None

    def message(self, deadline):
        while b"\0" not in self.waiting:
            ready, _, _ = select.select([self.into], [], [], max(0, deadline - time.monotonic()))
            data = os.read(self.into, 1 << 16) if ready else b""
            if not data:
                raise SystemExit("the browser does not answer")
            self.waiting += data
        text, self.waiting = self.waiting.split(b"\0", 1)
        return json.loads(text)

    def ask(self, method, **parameters):
        self.count += 1
        request = {"id": self.count, "method": method, "params": parameters}
        if self.session:
            request["sessionId"] = self.session
        data = json.dumps(request).encode() + b"\0"
        while data:
            data = data[os.write(self.out, data):]
        deadline = time.monotonic() + TIME_LIMIT
        while True:
            message = self.message(deadline)
            if message.get("id") == self.count:
                if "error" in message:
                    raise SystemExit(f"{method}: {message['error']['message']}")
                return message["result"]
            self.events.append(message)

    def wait(self, method):
        deadline = time.monotonic() + TIME_LIMIT
        while not any(event.get("method") == method for event in self.events):
            self.events.append(self.message(deadline))

    def open(self, page, width):
        self.session = None
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.ask(f"{domain}.enable")
        self.resize(width)
        self.load(page)

    def load(self, page):
        self.events.clear()
        self.ask("Page.navigate", url=pathlib.Path(page).resolve().as_uri())
        self.wait("Page.loadEventFired")

    def resize(self, width):
        self.ask("Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=False)

    def run(self, script):
        answer = self.ask("Runtime.evaluate", expression=f"(() => {{ {script} }})()", returnByValue=True)
        if "exceptionDetails" in answer:
            raise SystemExit(f"{script}: {answer['exceptionDetails']['text']}")
        return answer["result"].get("value")

    def complaints(self):
        """What the page said on the console, and what it asked the network for."""
        for event in self.events:
            method, details = event.get("method"), event.get("params", {})
            if method == "Runtime.exceptionThrown":
                yield f"exception: {details['exceptionDetails'].get('exception', {}).get('description')}"
            elif method == "Runtime.consoleAPICalled":
                yield f"console: {details['args']}"
            elif method == "Log.entryAdded":
                yield f"log: {details['entry']['text']}"
            elif method == "Network.requestWillBeSent" and details.get("type") != "Document":
                yield f"request: {details['request']['url']}"

    def close(self):
        try:
            self.session = None
            self.ask("Browser.close")
            self.process.wait(10)
        except (SystemExit, OSError, subprocess.TimeoutExpired):
            self.process.kill()
            self.process.wait()


def check_widths(browser):
    for width in WIDTHS:
        browser.resize(width)
        for are_open in ("false", "true"):
            found = browser.run(
                f"const folded = [...document.querySelectorAll('details:not([open])')];"
                f"if ({are_open}) folded.forEach(part => part.open = true);"
                "const needed = document.documentElement.scrollWidth;"
                "folded.forEach(part => part.open = false);"
                "return needed;")
            if found > width:
                yield f"the page is {found} pixels wide in a window of {width}, with all parts open: {are_open}"
    browser.resize(WIDTHS[-1])


ROWS = "const rows = [...document.querySelectorAll('TABLE tbody tr')];"


def check_filter(browser):
    for bar in browser.run("return [...document.querySelectorAll('.filter')].map(bar => bar.dataset.table);"):
        rows = ROWS.replace("TABLE", f"#{bar}")

        def enter(text):
            return browser.run(
                f"const input = document.getElementById('{bar}-filter'); input.value = {json.dumps(text)};"
                "input.dispatchEvent(new Event('input', {bubbles: true}));" + rows +
                "return [rows.filter(row => row.getClientRects().length > 0).length,"
                f"document.querySelector('[data-table={bar}] output').textContent];")

        browser.run("document.querySelectorAll('details.wheel').forEach(part => part.open = true);")
        if not browser.run(f"return document.querySelector('[data-table={bar}]').getClientRects().length > 0;"):
            yield f"{bar}: the filter is not shown"
        total = browser.run(rows + "return rows.length;")
        texts = browser.run(rows + "return rows.map(row => row.cells[2].textContent.trim());")
        wanted = browser.run(
            rows + "return rows.map(row => row.textContent.toLowerCase());")
        for text in sorted(set(filter(None, texts))):
            expected = sum(text.lower() in row for row in wanted)
            shown, count = enter(text.upper())
            if shown != expected or not count.startswith(f"{shown} of {total} "):
                yield f"{bar}: '{text}' shows {shown} rows of {expected} and says '{count}'"
        shown, count = enter("no row holds this text")
        if shown != 0 or not count.startswith("0 of "):
            yield f"{bar}: text that is nowhere shows {shown} rows and says '{count}'"
        shown, count = enter("")
        if shown != total or not count.startswith(f"{total} "):
            yield f"{bar}: an empty filter shows {shown} rows of {total} and says '{count}'"


def check_statuses(browser):
    """Where one status is chosen, its rows and the sections of its wheels are shown, and no others."""
    choices = browser.run(
        "return [...document.querySelectorAll('#wheels-table-status option')].map(option => option.value);")
    for choice in choices:
        shown, sections, wanted, count = browser.run(
            f"const status = document.getElementById('wheels-table-status'); status.value = {json.dumps(choice)};"
            "status.dispatchEvent(new Event('input', {bubbles: true}));"
            "const rows = [...document.querySelectorAll('#wheels-table tbody tr')];"
            "const visible = part => part.getClientRects().length > 0;"
            "return [rows.filter(visible).length,"
            "rows.filter(row => visible(document.querySelector(row.querySelector('a').hash))).length,"
            "rows.filter(row => !status.value || row.dataset.status === status.value).length,"
            "document.querySelector('[data-table=wheels-table] output').textContent];")
        if not shown == sections == wanted or not count.startswith(f"{shown} "):
            yield f"'{choice}' shows {shown} rows and {sections} sections of {wanted}, and says '{count}'"
    if choices:
        browser.run("document.getElementById('wheels-table-status').value = '';"
                    "document.getElementById('wheels-table-status').dispatchEvent(new Event('input'));")


# What a picture says and shows of an object, and what the list says of it.
STARTED = """
    const area = document.querySelectorAll('.drawing')[AREA];
    const rows = [...area.closest('section').querySelectorAll('table.objects tbody tr')];
    const name = row => row.cells[0].querySelector('code').textContent;
    const row = rows[ROW];
    const leads = (from, to) => [...from.querySelectorAll('a')].some(
        link => document.getElementById(link.hash.slice(1)) === to);
    const input = area.querySelector('input');
    input.focus();
    input.value = name(row);
    input.dispatchEvent(new Event('change'));
    const others = rows.filter(other => other !== row);
    const libraries = new Set([...row.querySelectorAll('td code')].map(
        part => part.closest('li').dataset.kind + part.textContent));
    return {
        users: others.filter(other => leads(other, row)).length,
        needs: others.filter(other => leads(row, other)).length + libraries.size,
        said: area.querySelector('output').textContent, boxes: area.querySelectorAll('.node').length,
        start: area.querySelector('.node.start')?.textContent ?? '', name: name(row), rows: rows.length};
"""


def check_pictures(browser):
    """A picture that begins at an object says how many need it and how many it needs."""
    browser.run("document.querySelectorAll('details.wheel').forEach(part => part.open = true);")
    areas = browser.run("return document.querySelectorAll('.drawing').length;")
    for area in range(min(areas, 6)):
        total = browser.run(STARTED.replace("AREA", str(area)).replace("ROW", "0"))["rows"]
        for row in sorted({0, total // 2, total - 1}):
            told = browser.run(STARTED.replace("AREA", str(area)).replace("ROW", str(row)))
            # One cannot ask for what has no name.
            if not told["name"].strip():
                continue
            if f": needed by {told['users']}, " not in told["said"] or f"; needs {told['needs']}, " not in told["said"]:
                yield f"picture {area}: '{told['said']}' of {told['users']} users and {told['needs']} needed"
            if told["name"].split("/")[-1][:20] not in told["start"]:
                yield f"picture {area}: begins at '{told['start']}' instead of '{told['name']}'"
    if areas:
        yield from check_picture_keys(browser)


def check_picture_keys(browser):
    """The boxes of a picture are one stop of the Tab key; arrows go from box to box, and Enter begins at one."""
    browser.run(
        "window.area = [...document.querySelectorAll('.drawing')].at(-1); area.querySelector('button').click();")
    everything = browser.run("return area.querySelectorAll('.node').length;")
    if not everything and not browser.run("return area.querySelector('output').textContent;").endswith("one of them"):
        yield "nothing is drawn where everything is asked for"
    browser.run("const input = area.querySelector('input');"
                "input.value = area.closest('section').querySelector('table.objects td code').textContent;"
                "input.dispatchEvent(new Event('change'));")
    stops = browser.run("return area.querySelectorAll('.node[tabindex=\"0\"]').length;")
    if stops != 1:
        yield f"the boxes of a picture are {stops} stops"
    browser.run("area.querySelector('.node.start').focus();")
    is_last = browser.run(
        "const lefts = [...area.querySelectorAll('.node')].map(box => box.getBoundingClientRect().left);"
        "return Math.max(...lefts) === document.activeElement.getBoundingClientRect().left;")
    for key, wanted in (("ArrowLeft" if is_last else "ArrowRight", False), ("Enter", True)):
        for kind in ("keyDown", "keyUp"):
            browser.ask("Input.dispatchKeyEvent", type=kind, key=key, code=key)
        at, has_label = browser.run(
            "const at = document.activeElement;"
            "return [at.classList.contains('start'), Boolean(at.getAttribute('aria-label'))];")
        if at != wanted or not has_label:
            yield f"{key} in a picture leads to {'the start' if at else 'another box'}, with a label: {has_label}"
    given = browser.run(
        "const back = [...area.querySelectorAll('button')].at(-1); if (!back.textContent.startsWith('Back')) return 1;"
        "back.click(); return area.querySelectorAll('title').length;")
    if not given:
        yield "there is no way back to the picture of what is wrong"


# Clicks every head of a table twice: what the heads and the rows say after each click. One question to the browser, since
# a page has hundreds of columns.
SORTED = """
    const table = document.querySelectorAll('table[data-sortable]')[TABLE];
    const heads = [...table.tHead.rows[0].cells];
    const order = new Intl.Collator('en', {numeric: true});
    const clicks = [];
    for (const [column, head] of heads.entries()) {
        const keys = () => [...table.tBodies[0].rows].map(
            row => row.cells[column].dataset.key ?? row.cells[column].textContent);
        const before = keys().sort();
        head.removeAttribute('aria-sort');
        for (const [direction, sign] of [['ascending', 1], ['descending', -1]]) {
            head.querySelector('button').click();
            const after = keys();
            clicks.push({
                column, direction, after, states: heads.map(head => head.getAttribute('aria-sort')),
                isSame: JSON.stringify([...after].sort()) === JSON.stringify(before),
                isSorted: after.every((key, row) => row === 0 || sign * order.compare(after[row - 1], key) <= 0)});
        }
    }
    return clicks;
"""


def check_sorting(browser):
    tables = browser.run("return document.querySelectorAll('table[data-sortable]').length;")
    for table in range(tables):
        for click in browser.run(SORTED.replace("TABLE", str(table))):
            column, direction, states = click["column"], click["direction"], click["states"]
            if states != [direction if place == column else None for place in range(len(states))]:
                yield f"table {table}, column {column}: the heads say {states}"
            if not click["isSorted"] or not click["isSame"]:
                yield f"table {table}, column {column}: not {direction}: {click['after']}"


def check_links(browser):
    """Following a link inside the page shows what it leads to."""
    browser.run("document.querySelectorAll('details').forEach(part => part.open = false);")
    for link in browser.run("return [...new Set([...document.querySelectorAll('a')].map(link => link.hash))];"):
        browser.run(f"location.hash = {json.dumps(link)};")
        time.sleep(0.05)
        folded = browser.run(
            f"const target = document.getElementById({json.dumps(link[1:])});"
            "const parts = [target, ...target.querySelectorAll(':scope > details')];"
            "return parts.filter(part => part.tagName === 'DETAILS' && !part.open || !part.checkVisibility())"
            ".length;")
        if folded:
            yield f"{link}: what the link leads to stays folded"


def check_keyboard(browser):
    """The first key press reaches the skip link, and every stop on the way can be seen."""
    for press in range(25):
        for kind in ("keyDown", "keyUp"):
            browser.ask("Input.dispatchKeyEvent", type=kind, key="Tab", code="Tab", windowsVirtualKeyCode=9)
        stop = browser.run(
            "const at = document.activeElement; const style = getComputedStyle(at);"
            "return [at.className, at.tagName, style.outlineStyle, at === document.body];")
        if press == 0 and stop[0] != "skip":
            yield f"the first stop is {stop}, not the skip link"
        if not stop[3] and stop[2] == "none":
            yield f"the focus on {stop} cannot be seen"


# The contrast of each text with what is behind it (WCAG 2.2, "relative luminance").
CONTRASTS = """
    const numbers = color => (color.match(/[\\d.]+/g) || []).map(Number);
    const luminance = color => numbers(color).slice(0, 3).map(part => part / 255)
        .map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
        .reduce((sum, part, index) => sum + part * [0.2126, 0.7152, 0.0722][index], 0);
    const behind = element => {
        for (let at = element; at; at = at.parentElement) {
            const color = getComputedStyle(at).backgroundColor;
            if ((numbers(color)[3] ?? 1) > 0) return color;
        }
        return "rgb(255, 255, 255)";
    };
    const found = new Set();
    for (const element of document.body.querySelectorAll("*")) {
        const hasText = [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim());
        if (!hasText || !element.getClientRects().length || element.closest("svg")) continue;
        const [text, back] = [getComputedStyle(element).color, behind(element)];
        const [low, high] = [luminance(text), luminance(back)].sort((a, b) => a - b);
        if ((high + 0.05) / (low + 0.05) >= 4.5) continue;
        found.add(`${element.tagName} .${element.className}: ${text} on ${back}`);
    }
    return [...found];
"""


def check_contrast(browser):
    for scheme in ("light", "dark"):
        browser.ask("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
        for fault in browser.run(CONTRASTS):
            yield f"too little contrast in the {scheme} page: {fault}"


def check_print(browser):
    """On paper nothing is folded or cut off by a frame."""
    browser.ask("Emulation.setEmulatedMedia", media="print")
    browser.resize(PAPER)
    hidden = browser.run(
        "return [...document.querySelectorAll('td, th, dd, li')].filter(part => !part.checkVisibility()).length;")
    if hidden:
        yield f"{hidden} parts are not printed"
    frames = browser.run(
        "return [...document.querySelectorAll('.scroll')].filter(part => part.scrollHeight > part.clientHeight + 2"
        " || part.scrollWidth > part.clientWidth).length;")
    if frames:
        yield f"{frames} frames cut off what is printed"
    browser.ask("Emulation.setEmulatedMedia", media="")


def check_without_script(browser, page):
    browser.ask("Emulation.setScriptExecutionDisabled", value=True)
    browser.load(page)
    if browser.run("return document.querySelectorAll('button').length;"):
        yield "there are buttons without a script"
    if browser.run("return [...document.querySelectorAll('.filter')].some(part => part.getClientRects().length);"):
        yield "there is a filter without a script"


def faults_of(browser, page):
    browser.open(page, WIDTHS[0])
    checks = (
        check_keyboard, check_contrast, check_print, check_widths, check_filter, check_statuses, check_pictures, check_sorting,
        check_links)
    try:
        for check in checks:
            yield from check(browser)
        yield from browser.complaints()
        yield from check_without_script(browser, page)
    except SystemExit as error:
        yield str(error)
        yield from browser.complaints()


def main(pages):
    program = shutil.which("chromium")
    if program is None:
        return 3
    # The profile outlives the browser's own clearing up.
    with tempfile.TemporaryDirectory(prefix="truewheel-browser-", ignore_cleanup_errors=True) as profile:
        browser = Browser(program, profile)
        try:
            faults = [f"{page}: {fault}" for page in pages for fault in faults_of(browser, page)]
        finally:
            browser.close()
    for fault in faults:
        print(fault)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
