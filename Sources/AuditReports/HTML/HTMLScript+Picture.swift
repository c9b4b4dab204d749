extension HTMLScript {
  /// The pictures of objects and libraries: what leads to any of them, drawn from the list of the objects.
  ///
  /// The picture that the page brings becomes one of buttons; what it leads to begins where one is pressed.
  static let picture: StaticString = #"""

    (() => {
      const Space = {line: 16, padding: 5, gap: 10, between: 90, margin: 12, head: 26, letter: 7.3, label: 56};
      // A column of more boxes shows folders instead of objects, and of more nodes a whole is no picture.
      const [few, most] = [28, 1000];

      const make = (name, attributes, ...children) => {
        const element = name.startsWith("svg:")
          ? document.createElementNS("http://www.w3.org/2000/svg", name.slice(4)) : document.createElement(name);
        for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
        element.append(...children);
        return element;
      };

      // The objects and libraries of a list: each with what it needs and what needs it.
      const read = list => {
        const rows = [...list.tBodies[0].rows];
        const nodes = rows.map(row => {
          const name = row.cells[0].querySelector("code").textContent;
          const cut = name.lastIndexOf("/") + 1;
          return {
            name, folder: name.slice(0, cut), label: name.slice(cut), needs: new Map(), users: new Set(),
            kind: "extension" in row.dataset ? "extension" : "object", isObject: true};
        });
        const named = new Map();
        rows.forEach((row, place) => {
          for (const item of all("[data-kind]", row)) {
            const kind = item.dataset.kind;
            const words = item.firstChild.data.split(":")[0];
            for (const part of item.children) {
              if (part.className) continue;
              const name = part.textContent;
              const key = `${kind} ${name}`;
              const node = part.hash ? nodes[part.hash.split("o").at(-1)] : named.get(key)
                ?? {name, folder: words, label: name, needs: new Map(), users: new Set(), kind, isObject: false};
              named.set(key, node);
              if (node === nodes[place]) continue;
              nodes[place].needs.set(node, kind);
              node.users.add(nodes[place]);
            }
          }
        });
        return {objects: nodes, named, nodes: [...new Set([...nodes, ...named.values()])]};
      };

      // How far each node is from those one starts from: below zero what they need, above zero what needs them.
      const distances = starts => {
        const places = new Map(starts.map(node => [node, 0]));
        const walk = (next, step) => {
          let reached = starts;
          for (let place = step; reached.length; place += step) {
            const found = [];
            for (const node of reached) {
              for (const other of next(node)) {
                // What others need of the system tells nothing of this one.
                if (places.has(other) || other.kind === "platform" && place < -1) continue;
                places.set(other, place);
                found.push(other);
              }
            }
            reached = found;
          }
        };
        walk(node => node.needs.keys(), -1);
        walk(node => node.users, 1);
        return places;
      };

      // The longest way from each node to a library that is not in the wheel; rings are opened where one comes in.
      const depths = nodes => {
        const [places, open] = [new Map(), new Set()];
        for (const start of nodes) {
          const stack = [start];
          while (stack.length) {
            const node = stack.at(-1);
            if (places.has(node)) { stack.pop(); continue; }
            const below = [...node.needs.keys()];
            const waiting = open.has(node) ? [] : below.filter(other => !places.has(other) && !open.has(other));
            open.add(node);
            if (waiting.length) { stack.push(...waiting); continue; }
            places.set(node, 1 + Math.max(node.isObject ? 0 : -1, ...below.map(other => places.get(other) ?? 0)));
            stack.pop();
          }
        }
        return places;
      };

      // The members of a column, as finely grouped as makes few boxes of them.
      const grouped = members => {
        let boxes = members.map(node => ({folder: node.folder, members: [node]}));
        for (const parts of [Infinity, 4, 3, 2, 1, 0]) {
          if (boxes.length <= few) break;
          const groups = new Map();
          for (const node of members) {
            const folder = node.isObject
              ? node.folder.split("/").slice(0, -1).slice(0, parts).map(part => `${part}/`).join("") : node.folder;
            const key = `${node.isObject} ${folder}`;
            if (!groups.has(key)) groups.set(key, {folder, members: []});
            groups.get(key).members.push(node);
          }
          boxes = [...groups.values()];
        }
        return boxes;
      };

      const wrapped = name => {
        const lines = [];
        let rest = name;
        while (rest.length > Space.label) {
          const cut = Math.max(...["-", "_", "/"].map(sign => rest.lastIndexOf(sign, Space.label - 1))) + 1;
          lines.push(rest.slice(0, cut || Space.label));
          rest = rest.slice(cut || Space.label);
        }
        return [...lines, rest];
      };

      const words = (count, member) =>
        member.isObject ? number(count, "object") : `${count} librar${count === 1 ? "y" : "ies"}`;

      // Boxes in columns, those near each other that need each other.
      const arranged = (places, starts, keepAll) => {
        const columns = [];
        for (const place of [...new Set(places.values())].sort((a, b) => a - b)) {
          const members = [...places.keys()].filter(node => places.get(node) === place);
          const groups = keepAll || place === 0
            ? members.map(node => ({folder: node.folder, members: [node]})) : grouped(members);
          columns.push({place, boxes: groups.map(({folder, members: [first, ...rest]}) => ({
            members: [first, ...rest], kind: first.kind, note: rest.length ? folder : first.folder,
            near: new Set(), top: 0, isStart: starts.includes(first),
            lines: rest.length ? [words(rest.length + 1, first)] : wrapped(first.label)}))});
        }
        const boxOf = new Map();
        columns.forEach((column, at) => column.boxes.forEach(box => {
          box.column = at;
          box.height = Space.line * (box.lines.length + (box.note ? 1 : 0)) + 2 * Space.padding;
          box.members.forEach(node => boxOf.set(node, box));
        }));
        const edges = new Map();
        for (const [node, place] of places) {
          for (const [other, kind] of node.needs) {
            if (!places.has(other) || !keepAll && places.get(other) !== place - 1) continue;
            const [from, to] = [boxOf.get(node), boxOf.get(other)];
            from.near.add(to);
            to.near.add(from);
            if (from !== to) edges.set(from, (edges.get(from) ?? new Map()).set(to, kind));
          }
        }
        const middle = box => box.top + box.height / 2;
        const stack = column => column.boxes.reduce((top, box) => {
          box.top = top;
          return top + box.height + Space.gap;
        }, 0) - Space.gap;
        const heights = columns.map(stack);
        for (let sweep = 0; sweep < 6; sweep += 1) {
          for (const column of sweep % 2 ? columns.toReversed() : columns) {
            const keys = new Map(column.boxes.map(box => [box, box.near.size
              ? [...box.near].reduce((sum, other) => sum + middle(other), 0) / box.near.size : middle(box)]));
            column.boxes.sort((a, b) => keys.get(a) - keys.get(b));
            stack(column);
          }
        }
        const height = Math.max(...heights);
        columns.forEach((column, at) => column.boxes.forEach(box => { box.top += (height - heights[at]) / 2; }));
        return {columns, edges, height};
      };

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
