import AuditSettings
import WheelAudit

/// What a run comes to, piece by piece: what commands judge by.
enum RunPart {
  case wheel(WheelReport)
  case release(Release)
  /// A wheel that an earlier run audited, and this one passes over.
  case passedOver(EarlierAudits.Audit)
}
