/// Markdown that grows up to a size: what is too much for it is left out as a whole.
struct MarkdownPage {
  private(set) var text = ""
  /// Bytes; never less than the characters that services count.
  private var room: Int

  init(room: Int) {
    self.room = room
  }

  /// A page for a part of this one.
  func page(leaving reserve: Int) -> MarkdownPage { MarkdownPage(room: room - reserve) }

  /// Adds the lines of a block, a blank line before it, if there is room for all of them.
  @discardableResult
  mutating func add(_ lines: [String]) -> Bool {
    add((text.isEmpty ? "" : "\n") + lines.map { $0 + "\n" }.joined())
  }

  /// Adds a block that begins with some lines: as many others as there is room for.
  ///
  /// - Returns: how many others there are; where there is room for none, nothing was added.
  mutating func add(_ head: [String], _ rows: some Sequence<String>) -> Int {
    var block = page(leaving: text.isEmpty ? 0 : 1)
    guard head.isEmpty || block.add(head) else { return 0 }
    var count = 0
    for row in rows {
      guard block.add(row + "\n") else { break }
      count += 1
    }
    guard count > 0, add((text.isEmpty ? "" : "\n") + block.text) else { return 0 }
    return count
  }

  mutating func add(_ page: MarkdownPage) -> Bool { add((text.isEmpty ? "" : "\n") + page.text) }

  private mutating func add(_ addition: String) -> Bool {
    let size = addition.utf8.count
    guard size <= room else { return false }
    room -= size
    text += addition
    return true
  }
}
