/// The name that someone may have meant; nil when none is near.
public func nearest(to name: String, among known: [String]) -> String? {
  guard name.count <= 64 else { return nil }
  let ranked = known.map { (name: $0, distance: distance(name.lowercased(), $0.lowercased())) }
  guard let best = ranked.min(by: { $0.distance < $1.distance }), best.distance <= max(2, best.name.count / 3) else {
    return nil
  }
  return best.name
}

/// The number of characters to insert, remove or replace to get from one word to the other (Levenshtein).
private func distance(_ first: String, _ second: String) -> Int {
  var row = Array(0...second.count)
  for (index, character) in first.enumerated() {
    var diagonal = row[0]
    row[0] = index + 1
    for (column, other) in second.enumerated() {
      let replaced = diagonal + (character == other ? 0 : 1)
      diagonal = row[column + 1]
      row[column + 1] = min(replaced, row[column] + 1, diagonal + 1)
    }
  }
  return row[second.count]
}
