/// The name of an object or a library without what differs from build to build of a package.
///
/// That is the hash which repair tools put into a library's name, the version in the name of the wheel's data folder, and
/// the part of an extension's name that says for which interpreter it is.
public func nameAcrossBuilds(_ name: String) -> String {
  name.replacing(/-[0-9a-f]{8,}(?=[.\-])/, with: "")
    .replacing(/-[^\/\-]*\.data\//, with: ".data/")
    .replacing(/\.(cpython|pypy|graalpy|abi|cp)[^\/.]*\.so$/, with: ".so")
}
