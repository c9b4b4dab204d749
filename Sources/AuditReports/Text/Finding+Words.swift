import WheelAudit

extension Finding {
  /// What is the case behind the object that it is the case for, in one line.
  ///
  /// What cannot be read names its object itself.
  var placedMessage: String {
    let place = rule == .unreadable ? nil : object
    return (place.map { printable($0) + ": " } ?? "") + printable(message)
  }

  /// The symbol as it is written with its version, `pthread_create@GLIBC_2.34`, or the version alone.
  ///
  /// It is nil where there is neither.
  var versionedSymbol: String? {
    guard let symbol else { return version }
    return symbol + (version.map { "@" + $0 } ?? "")
  }
}
