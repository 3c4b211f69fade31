using Ecart.Events;

namespace Ecart.MariaDb.Reading;

/// <summary>A rejected record as it is stored.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Record">What it is, and why it was rejected.</param>
/// <param name="ReceivedAt">When it was rejected, UTC.</param>
/// <param name="RetriedAt">When a retry made it an event, UTC; null: it is none yet.</param>
public sealed record RejectedRow(long Id, RejectedRecord Record, DateTime ReceivedAt, DateTime? RetriedAt);
