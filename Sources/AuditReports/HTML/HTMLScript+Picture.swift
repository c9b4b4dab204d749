extension HTMLScript {
  /// The pictures of objects and libraries: what leads to any of them, drawn from the list of the objects.
  ///
  /// The picture that the page brings becomes one of buttons; what it leads to begins where one is pressed. It goes on
  /// where `layout` ends.
  static let picture: StaticString = #"""

      const drawn = ({columns, edges, height}, title) => {
        const shift = Space.head + Space.margin;
        let left = Space.margin;
        for (const column of columns) {
          const longest = Math.max(14, ...column.boxes.flatMap(box => [box.note, ...box.lines]).map(line => line.length));
          Object.assign(column, {left, width: Math.ceil(longest * Space.letter) + 20});
          left += column.width + Space.between;
        }
        const size = {width: left - Space.between + Space.margin, height: height + shift + Space.margin};
        const text = (x, y, words, style) => make("svg:text", {x, y, ...style && {class: style}}, words);
        const heads = columns.filter(column => column.head).map(
          column => text(column.left, Space.margin + 14, column.head, "head"));
        const numbers = new Map();
        const boxes = columns.flatMap(column => column.boxes.map(box => {
          numbers.set(box, numbers.size);
          const first = box.top + shift + Space.padding + 12;
          const texts = box.lines.map((line, at) => text(
            column.left + 10, first + Space.line * (at + (box.note ? 1 : 0)), line));
          if (box.note) texts.unshift(text(column.left + 10, first, box.note, "note"));
          const group = make(
            "svg:g", {class: `node ${box.kind}${box.isStart ? " start" : ""}`, "data-node": numbers.get(box)},
            make("svg:rect", {
              x: column.left, y: box.top + shift, width: column.width, height: box.height, rx: 5}), ...texts);
          group.members = box.members;
          return group;
        }));
        const lines = [...edges].flatMap(([from, targets]) => [...targets].map(([to, kind]) => {
          const [right, leftmost] = [columns[from.column], columns[to.column]];
          const start = [leftmost.left + leftmost.width, to.top + to.height / 2 + shift];
          const end = [right.left, from.top + from.height / 2 + shift];
          const bend = (start[0] + end[0]) / 2;
          return make("svg:path", {
            class: `edge ${kind}`, "data-ends": `${numbers.get(from)} ${numbers.get(to)}`,
            d: `M${start}C${bend} ${start[1]} ${bend} ${end[1]} ${end}`});
        }));
        return make("svg:svg", {
          class: "graph", viewBox: `0 0 ${size.width} ${size.height}`, role: "group", "aria-label": title, ...size},
          ...heads, ...lines, ...boxes);
      };

      all("table.objects").forEach((list, place) => {
        const section = list.closest("section");
        const area = section.querySelector(".drawing");
        const given = area.querySelector("svg.graph");
        let graph = null;
        const known = () => graph ??= read(list);

        const frame = given?.parentElement ?? make("div", {
          class: "scroll picture", tabindex: 0, role: "region", hidden: "",
          "aria-labelledby": section.getAttribute("aria-labelledby")});
        if (!given) area.append(frame);
        const names = make("datalist", {id: `start-names-${place}`});
        const input = make("input", {
          type: "search", id: `start-${place}`, list: names.id, autocomplete: "off", spellcheck: "false"});
        const said = make("output", {for: input.id, "aria-live": "polite"});
        const button = (words, action) => {
          const made = make("button", {type: "button"}, words);
          made.addEventListener("click", action);
          return made;
        };

        // Makes buttons of the boxes: one of them is a stop for the Tab key, arrows lead to the others.
        const enliven = (svg, current) => {
          const boxes = all(".node", svg);
          svg.setAttribute("role", "group");
          const spot = box => {
            const {x, y, height} = Object.fromEntries(
              ["x", "y", "height"].map(key => [key, Number(box.querySelector("rect").getAttribute(key))]));
            return {x, y: y + height / 2};
          };
          const go = box => {
            for (const other of boxes) other.setAttribute("tabindex", other === box ? 0 : -1);
          };
          const mark = own => {
            svg.classList.toggle("marked", Boolean(own));
            const near = new Set([own?.dataset.node]);
            for (const line of all("path", svg)) {
              const ends = line.dataset.ends.split(" ");
              const isNear = ends.includes(own?.dataset.node);
              line.classList.toggle("near", isNear);
              if (isNear) ends.forEach(end => near.add(end));
            }
            for (const box of boxes) box.classList.toggle("near", near.has(box.dataset.node));
          };
          const press = box => start(box.members ?? members(box), true);
          for (const box of boxes) {
            box.setAttribute("role", "button");
            box.setAttribute("aria-label", all("text", box).map(text => text.textContent).join(" "));
          }
          go(current ?? boxes[0]);
          svg.addEventListener("pointerover", event => mark(event.target.closest(".node")));
          svg.addEventListener("pointerleave", () => mark(null));
          svg.addEventListener("focusin", event => mark(event.target.closest(".node")));
          svg.addEventListener("focusout", () => mark(null));
          svg.addEventListener("click", event => {
            const box = event.target.closest(".node");
            if (box) press(box);
          });
          svg.addEventListener("keydown", event => {
            const box = event.target.closest(".node");
            if (!box) return;
            if (event.key === "Enter" || event.key === " ") {
              event.preventDefault();
              press(box);
              return;
            }
            const way = {ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1]}[event.key];
            if (!way) return;
            event.preventDefault();
            const own = spot(box);
            const ahead = boxes.map(other => ({other, x: spot(other).x - own.x, y: spot(other).y - own.y})).filter(
              ({x, y}) => way[0] ? x * way[0] > 0 : x === 0 && y * way[1] > 0);
            ahead.sort((a, b) => Math.abs(a.x) - Math.abs(b.x) || Math.abs(a.y) - Math.abs(b.y));
            if (!ahead.length) return;
            go(ahead[0].other);
            ahead[0].other.focus();
          });
        };

        // What a box of the given picture stands for.
        const members = box => {
          if ("rows" in box.dataset) return box.dataset.rows.split(" ").map(row => known().objects[row]);
          const kind = [...box.classList].find(name => name !== "node" && name !== "near");
          return box.querySelector("title").textContent.split("\n").map(name => known().named.get(`${kind} ${name}`));
        };

        const show = (svg, words, current) => {
          frame.hidden = false;
          frame.replaceChildren(svg);
          said.textContent = words;
          if (!current) { frame.scrollTo(0, 0); return; }
          const [outer, inner] = [frame.getBoundingClientRect(), current.getBoundingClientRect()];
          frame.scrollLeft += inner.left - outer.left - Math.max(0, (outer.width - inner.width) / 2);
          frame.scrollTop += inner.top - outer.top - Math.max(0, (outer.height - inner.height) / 2);
        };

        const start = (nodes, takesFocus) => {
          const places = distances(nodes);
          const picture = arranged(places, nodes, false);
          for (const column of picture.columns) {
            column.head = column.place === 0 ? "Start" : column.place === 1 ? "What needs it"
              : column.place === -1 ? "What it needs" : column.place > 0 ? "What needs that" : "What that needs";
          }
          const what = nodes.length === 1 ? nodes[0].label : words(nodes.length, nodes[0]);
          const count = place => [...places.values()].filter(place).length;
          const svg = drawn(picture, `What needs ${what}, and what it needs`);
          const current = svg.querySelector(".start");
          enliven(svg, current);
          show(svg, `${what}: needed by ${count(at => at === 1)}, through them by ${count(at => at > 1)} more; `
            + `needs ${count(at => at === -1)}, through them ${count(at => at < -1)} more`, current);
          if (takesFocus) current.focus({preventScroll: true});
          input.value = nodes.length === 1 ? nodes[0].name : "";
        };

        const everything = () => {
          const {nodes} = known();
          if (nodes.length > most) {
            said.textContent = `${nodes.length} are too many for one picture: start from one of them`;
            return;
          }
          const svg = drawn(arranged(depths(nodes), [], true), "All objects and libraries");
          enliven(svg, null);
          show(svg, `${number(known().objects.length, "object")}, ${nodes.length} with the libraries`, null);
        };

        input.addEventListener("focus", () => {
          if (names.children.length) return;
          names.append(...known().nodes.map(node => make("option", {value: node.name})));
        });
        input.addEventListener("change", () => {
          const wanted = input.value.trim().toLowerCase();
          if (!wanted) return;
          const {nodes} = known();
          const node = nodes.find(node => node.name.toLowerCase() === wanted)
            ?? nodes.find(node => node.name.toLowerCase().includes(wanted));
          if (node) start([node], false);
          else said.textContent = "no object or library has this in its name";
        });

        const bar = make(
          "div", {class: "explore"}, make("label", {for: input.id}, "Start from an object or a library"), input, names,
          button("Draw everything", everything));
        if (given) {
          enliven(given, null);
          bar.append(button("Back to what is wrong", () => show(given, "", null)));
        }
        bar.append(said);
        area.prepend(bar);
      });
    })();

    """#
}
