/// What a rule is about, for those who meet it for the first time.
public struct RuleExplanation: Sendable {
  /// A few words, without an end mark.
  public let title: String
  /// What is the case when the rule speaks.
  public let what: String
  /// Why that matters.
  public let why: String
  /// What can be done about it.
  public let remedy: String
  /// The specification that the rule follows.
  public let source: String

  fileprivate init(_ title: String, what: String, why: String, remedy: String, source: String) {
    self.title = title
    self.what = what
    self.why = why
    self.remedy = remedy
    self.source = source
  }
}

extension Rule {
  /// The worst that the rule says of a wheel, unless warnings are raised.
  public var severity: Finding.Severity {
    switch self {
    case .tagMismatch, .unreachableLibrary, .commonSoname, .releaseFloor, .releaseArchitectureFloor, .releaseObject,
      .releaseCoverage:
      .warning
    case .tagImprovable, .linuxTag, .excludedLibrary, .weakVersion, .unjudgedObject: .note
    default: .error
    }
  }

  public var explanation: RuleExplanation {
    switch self {
    case .symbolVersion:
      RuleExplanation(
        "symbol version newer than the tag",
        what: "An object needs a version of a system library's symbols that came later than the systems the tag "
          + "promises, or that no build profile has.",
        why: "The dynamic loader refuses to load an object when a symbol version that it needs is missing.",
        remedy: "Build in the image of the promised profile, avoid the symbols, or tag the wheel with its minimal tag.",
        source: "PEP 600, \"Core definition\"; System V gABI, \"Symbol Versioning\" (LSB Core, 10.7)")
    case .platformLibrary:
      RuleExplanation(
        "system library newer than the tag",
        what: "An object needs a library that the build profiles have only since a newer one than the tag promises.",
        why: "On an older system the library is missing, and the loader refuses to load the object.",
        remedy: "Put the library into the wheel, or tag the wheel with its minimal tag.",
        source: "PEP 600, \"Core definition\" and the published profiles")
    case .externalLibrary:
      RuleExplanation(
        "library from nowhere",
        what: "An object needs a library that is neither in the wheel nor in any build profile.",
        why: "Whether the library is there depends on what else is installed; where it is not, the import fails.",
        remedy: "Put the library into the wheel, or declare with --exclude who else provides it.",
        source: "PEP 513, \"Bundled wheels on Linux\"; PEP 600, \"Core definition\"")
    case .restrictedSymbol:
      RuleExplanation(
        "symbol that a profile withholds",
        what: "An object needs a symbol of a system library that the promised profile withholds, since some of its "
          + "systems have the library without it.",
        why: "Where the symbol is missing the import fails, or the call does, when it is first made.",
        remedy: "Do not use the symbol, or put a library that has it into the wheel.",
        source: "PEP 600, \"Core definition\" and the published profiles")
    case .muslSymbol:
      RuleExplanation(
        "symbol that came with a newer musl",
        what: "An object needs a symbol that musl has only since a later release than the tag promises.",
        why: "musl has no symbol versions; its loader refuses to load an object when a symbol cannot be found.",
        remedy: "Avoid the symbol, build in an older musllinux image, or tag the wheel with its minimal tag.",
        source: "PEP 656, \"Specification\"")
    case .glibcSymbol:
      RuleExplanation(
        "symbol that only glibc has",
        what: "An object needs a symbol that no release of musl has, and glibc does.",
        why: "It was built against the headers of glibc; a system with musl cannot load it.",
        remedy: "Build on a system with musl, for instance in a musllinux image.",
        source: "PEP 656, \"Specification\"")
    case .instructionSet:
      RuleExplanation(
        "instructions beyond the baseline",
        what: "A note in the object says that it needs a newer generation of processors than the tag promises.",
        why: "The loader of glibc 2.33 and later refuses it on other processors; an older one lets it crash.",
        remedy: "Build without -march options above the baseline, or choose the code at run time.",
        source: "x86-64 psABI, \"Micro-Architecture Levels\" and \"Program Property\"")
    case .pythonABI:
      RuleExplanation(
        "build of Python that the tag does not promise",
        what: "The extension module needs a symbol that only Pythons with unusual build options have.",
        why: "In every other Python the import fails with an undefined symbol.",
        remedy: "Build with a Python that was configured as the platform tag presumes.",
        source: "PEP 513, \"UCS-2 vs UCS-4 builds\" and \"fpectl builds vs. no fpectl builds\"")
    case .libpython:
      RuleExplanation(
        "dependency on libpython",
        what: "An object needs the shared library of Python.",
        why: "A Python need not have one: most interpreters are linked statically, and the import fails there.",
        remedy: "Do not link extension modules with -lpython.",
        source: "PEP 513, \"The manylinux1 policy\"")
    case .relativeRelocations:
      RuleExplanation(
        "packed relative relocations",
        what: "The object has DT_RELR relocations, which loaders know only since glibc 2.36 and musl 1.2.4.",
        why:
          "An older loader refuses the object or, without the marker version, leaves it unrelocated and lets it crash.",
        remedy: "Link without -z pack-relative-relocs.",
        source: "System V gABI, \"Dynamic Section\" (DT_RELR)")
    case .mixedLibc:
      RuleExplanation(
        "object for the other libc",
        what: "An object is tied to glibc and a tag promises musl, or the other way round.",
        why: "One process has one libc, so the object cannot be loaded where the tag promises that it can.",
        remedy: "Build one wheel for each libc.",
        source: "PEP 600 and PEP 656, \"Specification\"")
    case .foreignArchitecture:
      RuleExplanation(
        "object for another architecture",
        what: "An object is for another processor architecture than the tag names.",
        why: "The loader cannot load it. Packages do carry foreign objects as data, so only an extension module, or a "
          + "wheel without any right object, is an error.",
        remedy: "Build it for the architecture of the tag, or leave it out.",
        source: "PEP 425, \"Platform Tag\"")
    case .executableStack:
      RuleExplanation(
        "executable stack",
        what: "The object asks for a stack whose contents can be executed.",
        why: "glibc 2.41 and later refuse to load it; everywhere else it takes a protection from the whole process.",
        remedy: "Link with -z noexecstack, and give assembly sources a .note.GNU-stack section.",
        source: "glibc 2.41 release notes; PT_GNU_STACK (LSB Core, \"Program Header\")")
    case .implausibleTag:
      RuleExplanation(
        "tag that cannot be true",
        what: "The tag names a libc that does not exist, or a legacy alias on an architecture that never had it.",
        why: "No installer will ever choose the wheel, or it promises what nobody can keep.",
        remedy: "Tag the wheel with its minimal tag.",
        source: "PEP 600, \"Legacy manylinux tags\"; PEP 513, PEP 571, PEP 599")
    case .pureTag:
      RuleExplanation(
        "compiled code under 'any'",
        what: "The wheel says that it runs everywhere, and has compiled objects in it.",
        why: "Installers give it to every system and processor.",
        remedy: "Build the wheel as a platform wheel, and tag it with its minimal tag.",
        source: "PEP 425, \"Platform Tag\"; PEP 427, \"File name convention\"")
    case .purelibObject:
      RuleExplanation(
        "compiled code in purelib",
        what: "A compiled object is installed into the folder for pure Python.",
        why: "That folder may be shared between architectures; repair tools and some distributions refuse such wheels.",
        remedy: "Build the wheel as a platform wheel (Root-Is-Purelib: false).",
        source: "PEP 427, \"File contents\"; PEP 513")
    case .tagMismatch:
      RuleExplanation(
        "file name and WHEEL disagree",
        what: "The tags in the file name are not those that the WHEEL file states.",
        why: "Installers read one and index tools the other, so the wheel was renamed rather than retagged.",
        remedy: "Retag the wheel with 'wheel tags', which keeps both the same.",
        source: "PEP 427, \"File contents\"")
    case .tagImprovable:
      RuleExplanation(
        "the wheel could carry an older tag",
        what: "All that the wheel needs is there on older systems than the tag promises.",
        why: "Users of those systems build from source, or get an older release.",
        remedy: "Tag the wheel with its minimal tag.",
        source: "PEP 600, \"Core definition\"")
    case .linuxTag:
      RuleExplanation(
        "plain linux tag",
        what: "The tag names the processor architecture and nothing else.",
        why: "It says nothing about the systems the wheel needs, and PyPI does not accept it.",
        remedy: "Repair the wheel, and tag it with its minimal tag.",
        source: "PEP 513, \"Rationale\"")
    case .unreachableLibrary:
      RuleExplanation(
        "library where the loader does not look",
        what: "A needed library is in the wheel, but on no run path of those that need it.",
        why: "It works only when something has loaded the library before.",
        remedy: "Give the object a run path to the library: patchelf --set-rpath '$ORIGIN/…'.",
        source: "System V gABI, \"Shared Object Dependencies\"; ld.so(8)")
    case .missingVersion:
      RuleExplanation(
        "bundled library without a needed version",
        what: "An object needs a symbol version of a library in the wheel which that library does not define, or the "
          + "library is for another architecture or libc.",
        why: "The loader refuses to load the object.",
        remedy: "Put the library into the wheel that the object was linked with.",
        source: "System V gABI, \"Symbol Versioning\" (LSB Core, 10.7)")
    case .commonSoname:
      RuleExplanation(
        "bundled library under a common name",
        what: "A library in the wheel has a soname that a library of the system or of another package may have too.",
        why:
          "A process gets whichever is loaded first, and the other's users get a library that they were not made for.",
        remedy: "Give it a soname of its own, as auditwheel repair does.",
        source: "PEP 600, \"Core definition\" (\"play well with others\")")
    case .excludedLibrary:
      RuleExplanation(
        "library provided otherwise",
        what: "An object needs a library that the user declared to be provided by something else.",
        why: "It is not judged, and whoever installs the wheel must have it.",
        remedy: "Nothing, as long as the declaration is true.",
        source: "PEP 600, \"Core definition\"")
    case .weakVersion:
      RuleExplanation(
        "symbol version needed weakly",
        what: "An object needs a symbol version that its own record marks as weak.",
        why: "The loader goes on without it, so it breaks no claim.",
        remedy: "Nothing.",
        source: "LSB Core, 10.7.5 (VER_FLG_WEAK)")
    case .unjudgedObject:
      RuleExplanation(
        "file that nothing loads",
        what: "A file is an object or an archive of objects for a linker.",
        why: "Nothing loads it, so it asks nothing of a system and is not judged.",
        remedy: "Leave it out if it got into the wheel by accident.",
        source: "System V gABI, \"ELF Header\" (e_type)")
    case .releaseFloor:
      RuleExplanation(
        "builds that need different systems",
        what: "Wheels of one release for one platform need different versions of its C library.",
        why: "The release runs on a system with one version of Python and not with another, which nobody expects.",
        remedy: "Build all of them in the same image.",
        source: "PEP 600, \"Core definition\"")
    case .releaseArchitectureFloor:
      RuleExplanation(
        "architectures that need different systems",
        what: "Wheels of one release need a newer C library on one architecture than on another, and than the oldest "
          + "build profile of the architecture has.",
        why: "The release runs on a distribution on one processor and not on another.",
        remedy: "Build for all architectures in images of the same profile.",
        source: "PEP 600, \"Core definition\"")
    case .releaseObject:
      RuleExplanation(
        "object that differs between builds",
        what: "An object that several wheels of a release for one platform have needs other things in one of them.",
        why: "Usually one of them was built in another image or with other options than was meant.",
        remedy: "Compare how the two wheels were built.",
        source: "PEP 600, \"Core definition\"")
    case .releaseCoverage:
      RuleExplanation(
        "architecture that a build lacks",
        what: "A release has wheels for an architecture for some versions of Python and not for another.",
        why: "There installers build from source, or find nothing.",
        remedy: "Build the missing wheel, or audit all wheels of the release together.",
        source: "PEP 425, \"Use\"")
    case .unreadable:
      RuleExplanation(
        "wheel that could not be audited",
        what: "The archive, or an object in it, is damaged, contradicts itself, or is beyond a limit.",
        why: "What cannot be read cannot be judged, and installers may read it in different ways.",
        remedy: "Build the wheel anew, and compare the checksum of the upload.",
        source: "PEP 427, \"File Format\"; PKZIP application note; System V gABI")
    }
  }
}
