/// Of which months the facts are that systems outdate by being released, as `YYYY-MM`.
public enum FactDates {
  /// What the published profiles provide.
  public static var profiles: String { ManylinuxProfilesText.asOf }
  /// Which libc the releases of distributions have, and until when they are supported.
  public static var distributions: String { DistributionsText.asOf }
}
