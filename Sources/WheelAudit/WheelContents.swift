public import WheelArchive

/// Everything of a wheel that its verdict depends on.
public struct WheelContents: Sendable {
  public var objects: [WheelObject] = []
  /// Members that hold compiled code which nothing loads: archives of objects.
  public var staticLibraries: [String] = []
  /// What the WHEEL file says; nil when there is none.
  public var metadata: WheelMetadata?

  init() {}
}
