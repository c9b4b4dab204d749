extension HTMLScript {
  /// The first half of the script of pictures: the objects and libraries of a list, how far they are from each other, and
  /// boxes of them in columns.
  static let layout: StaticString = #"""

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

    """#
}
