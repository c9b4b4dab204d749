/// What only the wheels of a release together show.
extension RuleDefinition {
  static let releaseFloor = RuleDefinition(
    .warning, "builds that need different systems",
    summary: "builds of a release for one platform that need different versions of its libc",
    what: "Wheels of one release for one platform need different versions of its C library.",
    why: "The release runs on a system with one version of Python and not with another, which nobody expects.",
    advice: "build all of them in the same image",
    source: "PEP 600, \"Core definition\"",
    since: "0.1.0")

  static let releaseArchitectureFloor = RuleDefinition(
    .warning, "architectures that need different systems",
    summary: "an architecture of a release that needs a newer libc than another",
    what: "Wheels of one release need a newer C library on one architecture than on another, and than the oldest "
      + "build profile of the architecture has.",
    why: "The release runs on a distribution on one processor and not on another.",
    advice: "build for all architectures in images of the same profile",
    source: "PEP 600, \"Core definition\"",
    since: "0.1.0")

  static let releaseObject = RuleDefinition(
    .warning, "object that differs between builds",
    summary: "an object that needs other things in one build of a release than in another",
    what: "An object that several wheels of a release for one platform have needs other things in one of them.",
    why: "Usually one of them was built in another image or with other options than was meant.",
    advice: "compare how the two wheels were built",
    source: "PEP 600, \"Core definition\"",
    since: "0.1.0")

  static let releaseCoverage = RuleDefinition(
    .warning, "architecture that a build lacks",
    summary: "an architecture for which a release has some builds and lacks others",
    what: "A release has wheels for an architecture for some versions of Python and not for another.",
    why: "There installers build from source, or find nothing.",
    advice: "build the missing wheel, or audit all wheels of the release together",
    source: "PEP 425, \"Use\"",
    since: "0.1.0")
}
