import WheelTags

/// What is to be done for one wheel.
struct Assignment: Sendable {
  let name: WheelName
  /// What its objects are compared with, which decides which of their symbols are asked for: at first what its tags lead
  /// one to expect.
  var yardstick: Yardstick
  /// True when it is read for the second time, since its objects turned out to be for another platform.
  var isSecondReading = false
  /// What the user asks for of this wheel.
  let options: Auditor.Options

  /// The same for another platform.
  func again(for yardstick: Yardstick) -> Assignment {
    var again = self
    again.yardstick = yardstick
    again.isSecondReading = true
    return again
  }
}

/// What a run over wheels is for: it says what to read of each, and what comes of it.
protocol RunGoal<Conclusion>: Sendable {
  associatedtype Conclusion: Sendable

  func assignment(_ name: WheelName) throws(UnreadableWheel.Cause) -> Assignment

  /// What comes of a wheel that has been read.
  func conclude(_ assignment: Assignment, _ contents: WheelContents) -> RunOutcome<Conclusion>

  /// What comes of a wheel that cannot be read.
  func refuse(_ name: WheelName, _ cause: UnreadableWheel.Cause) -> Conclusion
}

/// What came of a wheel that has been read.
enum RunOutcome<Conclusion: Sendable>: Sendable {
  case concluded(Conclusion)
  /// Other symbols of its objects matter than those that were asked for.
  case readAgain(Assignment)
}
