/// Where the pages for users can be read.
public enum Documentation {
  /// The address of the project.
  public static let home = "https://github.com/truewheel/truewheel"
  /// What the address of every page begins with: that of the `docs` folder.
  public static let base = home + "/blob/main/docs/"
}
