namespace Ecart.MariaDb.Alerts;

/// <summary>An event that entered the profile of its entity, for comparison.</summary>
/// <param name="Lane">Lane of its place in the log.</param>
/// <param name="Seq">Its place in the lane.</param>
/// <param name="OccurredAt">Event time, UTC.</param>
/// <param name="Embedding">Its vector.</param>
/// <param name="Layout">The vector of the domain's layout.</param>
public sealed record NormalEvent(int Lane, long Seq, DateTime OccurredAt, float[] Embedding, float[] Layout);
