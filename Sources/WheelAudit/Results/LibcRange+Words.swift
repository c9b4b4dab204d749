public import BuildProfiles

extension LibcRange {
  /// In words, behind the name of the libc: `2.34`, `2.17, below 2.41`; nil where no profile is in it.
  public var words: String? {
    floor.version.map { "\($0)\(ceiling.map { ", below \($0)" } ?? "")" }
  }
}
