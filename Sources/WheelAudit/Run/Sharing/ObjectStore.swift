import WheelArchive

/// Facts of objects that have been read before: who has the same compressed bytes has the same facts.
///
/// Several threads use one at a time. What a run says does not depend on it, only what the run costs.
protocol ObjectStore: Sendable {
  /// What is known of the object with these bytes; nil where nothing is.
  func find(_ bytes: inout CompressedBytes) -> KnownObject?

  /// Takes note of an object that has been read to its end, its checksum verified.
  func keep(_ object: KnownObject, of bytes: inout CompressedBytes)
}
