/// Where the libraries that objects need come from, and what the wheel's own are like.
extension RuleDefinition {
  static let platformLibrary = RuleDefinition(
    .error, "system library newer than the tag",
    summary: "a system library that profiles have only since a newer one than the claim",
    what: "An object needs a library that the build profiles have only since a newer one than the tag promises.",
    why: "On an older system the library is missing, and the loader refuses to load the object.",
    advice:
      "put the library into the wheel, as auditwheel repair does, or build in {the image of the promised profile}",
    orElse: .minimalTag,
    source: "PEP 600, \"Core definition\" and the published profiles",
    since: "0.1.0")

  static let externalLibrary = RuleDefinition(
    .error, "library from nowhere",
    summary: "a library that is neither in the wheel nor in any profile",
    what: "An object needs a library that is neither in the wheel nor in any build profile.",
    why: "Whether the library is there depends on what else is installed; where it is not, the import fails.",
    advice:
      "put the library into the wheel, as auditwheel repair does, or exclude it where something else provides it",
    source: "PEP 513, \"Bundled wheels on Linux\"; PEP 600, \"Core definition\"",
    since: "0.1.0")

  static let unreachableLibrary = RuleDefinition(
    .error, "library where the loader does not look",
    summary: "a bundled library where the loader does not look",
    what: "A needed library is in the wheel, but on no run path of those that need it.",
    why: "An extension module works only when something has loaded the library before; a program never does, since "
      + "nothing is loaded before it. Where the run path has a $LIB or $PLATFORM each system looks elsewhere.",
    advice: "give the object a run path that leads there (patchelf --add-rpath), or put the library where it looks",
    source: "System V gABI, \"Shared Object Dependencies\"; ld.so(8)",
    since: "0.1.0")

  static let missingVersion = RuleDefinition(
    .error, "bundled library without a needed version",
    summary: "a bundled library that lacks a version which an object needs of it",
    what: "An object needs a symbol version of a library in the wheel which that library does not define, or the "
      + "library is for another architecture or libc.",
    why: "The loader refuses to load the object.",
    advice: "put the library into the wheel that the object was linked with",
    source: "System V gABI, \"Symbol Versioning\" (LSB Core, 10.7)",
    since: "0.1.0")

  static let commonSoname = RuleDefinition(
    .warning, "bundled library under a common name",
    summary: "a bundled library that answers to a common system library's name",
    what: "A library in the wheel has a soname that a library of the system or of another package may have too.",
    why: "A process gets whichever is loaded first, and the other's users get a library that they were not made for.",
    advice: "give it a soname of its own, as auditwheel repair does: libfoo-1a2b3c4d.so.1",
    source: "PEP 600, \"Core definition\" (\"play well with others\")",
    since: "0.1.0")

  static let excludedLibrary = RuleDefinition(
    .note, "library provided otherwise",
    summary: "a library that the user declared to be provided by something else",
    what: "An object needs a library that the user declared to be provided by something else.",
    why: "It is not judged, and whoever installs the wheel must have it.",
    advice: "nothing, as long as the declaration is true",
    source: "PEP 600, \"Core definition\"",
    since: "0.1.0")
}
