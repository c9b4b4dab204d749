/// The script of a page: it sorts and filters tables, and opens what is folded where a link or a printer needs it.
///
/// Nothing is lost without it.
enum HTMLScript {
  /// What the page allows to run: the SHA-256 of the script, as a content security policy names it.
  ///
  /// When it changes, `HTMLReportTests` says what it must be.
  static let hash = "sha256-dmGZ0udXkhbWjU8q21PqXurN1HUH6QuOLHF1PGcx9L4="

  static let source: StaticString = #"""

    "use strict";
    (() => {
      const order = new Intl.Collator("en", {numeric: true});
      const all = (selector, root = document) => [...root.querySelectorAll(selector)];

      for (const table of all("table[data-sortable]")) {
        const heads = [...table.tHead.rows[0].cells];
        heads.forEach((head, column) => {
          const button = document.createElement("button");
          button.type = "button";
          button.append(...head.childNodes);
          head.append(button);
          const key = row => row.cells[column].dataset.key ?? row.cells[column].textContent;
          button.addEventListener("click", () => {
            const sign = head.ariaSort === "ascending" ? -1 : 1;
            for (const other of heads) other.removeAttribute("aria-sort");
            head.setAttribute("aria-sort", sign > 0 ? "ascending" : "descending");
            const body = table.tBodies[0];
            body.append(...[...body.rows].sort((a, b) => sign * order.compare(key(a), key(b))));
          });
        });
      }

      for (const bar of all(".filter")) {
        const table = document.getElementById(bar.dataset.table);
        const [input, count] = [bar.querySelector("input"), bar.querySelector("output")];
        const rows = [...table.tBodies[0].rows].map(row => [row, row.textContent.toLowerCase()]);
        const words = number => `${number} ${table.dataset.noun}${number === 1 ? "" : "s"}`;
        bar.hidden = false;
        input.addEventListener("input", () => {
          const wanted = input.value.trim().toLowerCase();
          let shown = 0;
          for (const [row, text] of rows) {
            row.hidden = !text.includes(wanted);
            if (!row.hidden) shown += 1;
          }
          count.textContent = wanted ? `${shown} of ${words(rows.length)}` : words(rows.length);
        });
      }

      const open = () => {
        const target = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
        if (!target) return;
        const inner = target.querySelector(":scope > details");
        if (inner) inner.open = true;
        for (let node = target; node; node = node.parentElement) if (node.tagName === "DETAILS") node.open = true;
        target.scrollIntoView();
      };
      addEventListener("hashchange", open);
      open();

      for (const graph of all("svg.graph")) {
        const mark = event => {
          const node = event.type === "pointerover" ? event.target.closest(".node") : null;
          graph.classList.toggle("marked", Boolean(node));
          const own = node?.dataset.node;
          const near = new Set([own]);
          for (const line of all("path", graph)) {
            const users = line.dataset.from.split(" ");
            const isTarget = line.dataset.to === own;
            const isNear = isTarget || users.includes(own);
            line.classList.toggle("near", isNear);
            if (isTarget) users.forEach(user => near.add(user));
            if (isNear) near.add(line.dataset.to);
          }
          for (const other of all(".node", graph)) other.classList.toggle("near", near.has(other.dataset.node));
        };
        graph.addEventListener("pointerover", mark);
        graph.addEventListener("pointerleave", mark);
      }

      let folded = [];
      addEventListener("beforeprint", () => {
        folded = all("details:not([open])");
        for (const part of folded) part.open = true;
      });
      addEventListener("afterprint", () => {
        for (const part of folded) part.open = false;
      });
    })();

    """#
}
