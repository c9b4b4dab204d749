import WheelTags

/// What is to be done for one wheel.
struct Assignment: Sendable {
  let name: WheelName
  /// What the user asks for of this wheel.
  let options: Auditor.Options
}

/// What a run over wheels is for: it says what to read of each, and what comes of it.
protocol RunGoal<Conclusion>: Sendable {
  associatedtype Conclusion: Sendable

  func assignment(_ name: WheelName) throws(UnreadableWheel.Cause) -> Assignment

  /// What comes of a wheel that has been read.
  func conclude(_ assignment: Assignment, _ contents: WheelContents) -> Conclusion

  /// What comes of a wheel that cannot be read; its file is nil where there is none.
  func refuse(_ name: WheelName, _ cause: UnreadableWheel.Cause, _ file: WheelFile?) -> Conclusion
}
