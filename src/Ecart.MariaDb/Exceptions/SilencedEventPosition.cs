namespace Ecart.MariaDb.Exceptions;

/// <summary>Where a list of silenced events goes on.</summary>
/// <param name="OccurredAt">Event time of the last shown.</param>
/// <param name="Lane">Its lane.</param>
/// <param name="Seq">Its place.</param>
public sealed record SilencedEventPosition(DateTime OccurredAt, int Lane, long Seq);
