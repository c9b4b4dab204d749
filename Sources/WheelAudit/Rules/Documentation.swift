/// Where the pages for users can be read.
public enum Documentation {
  /// What the address of every page begins with: that of the `docs` folder.
  public static let base = "https://github.com/truewheel/truewheel/blob/main/docs/"
}
