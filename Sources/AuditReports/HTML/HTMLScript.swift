/// The script of a page: it sorts and filters tables, and opens what is folded where a link or a printer needs it.
///
/// Nothing is lost without it.
enum HTMLScript {
  /// What the page allows to run: the SHA-256 of the script, as a content security policy names it.
  ///
  /// When it changes, `HTMLReportTests` says what it must be.
  static let hash = "sha256-iUhOFGU/I1CZqIXpVTSodQ7Cx8L0IEQoLQOSOLVdNbA="

  static let source: StaticString = #"""

    "use strict";
    const all = (selector, root = document) => [...root.querySelectorAll(selector)];
    const number = (count, noun) => `${count} ${noun}${count === 1 ? "" : "s"}`;

    (() => {
      const order = new Intl.Collator("en", {numeric: true});

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
        const [input, count, status] = ["input", "output", "select"].map(name => bar.querySelector(name));
        // A row of the table of wheels stands for a section of the page.
        const rows = [...table.tBodies[0].rows].map(row => ({
          row, text: row.textContent.toLowerCase(),
          section: status && document.getElementById(row.querySelector("a").hash.slice(1)),
        }));
        bar.hidden = false;
        const filter = () => {
          const wanted = input.value.trim().toLowerCase();
          let shown = 0;
          for (const {row, text, section} of rows) {
            row.hidden = !text.includes(wanted) || Boolean(status?.value) && row.dataset.status !== status.value;
            if (section) section.hidden = row.hidden;
            if (!row.hidden) shown += 1;
          }
          const total = number(rows.length, table.dataset.noun);
          count.textContent = wanted || status?.value ? `${shown} of ${total}` : total;
        };
        for (const control of [input, status]) control?.addEventListener("input", filter);
      }

      const open = () => {
        const target = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
        if (!target) return;
        const inner = target.querySelector(":scope > details");
        if (inner) inner.open = true;
        for (let node = target; node; node = node.parentElement) {
          if (node.tagName === "DETAILS") node.open = true;
          if (node.tagName === "SECTION") node.hidden = false;
        }
        target.scrollIntoView();
      };
      addEventListener("hashchange", open);
      open();

      // Long lists come without the places where their names may be broken.
      addEventListener("toggle", event => {
        for (const lines of all(":scope > .lines:not(.paste)", event.target)) {
          const parts = lines.textContent.split(/(?<=[^\n]{3}[-_\/])(?=[^\n\d]{3})/);
          lines.replaceChildren(...parts.flatMap((part, at) => at ? [document.createElement("wbr"), part] : [part]));
        }
      }, true);

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
