using Ecart.Events;

namespace Ecart.MariaDb.Reading;

/// <summary>Which rejected records are asked for: those that meet everything that is set.</summary>
public sealed record RejectedFilter
{
    /// <summary>These alone; null for any.</summary>
    public IReadOnlyList<long>? Ids { get; init; }

    /// <summary>Part of the source's name.</summary>
    public string? Source { get; init; }

    /// <summary>Why they were rejected.</summary>
    public RejectReason? Reason { get; init; }

    /// <summary>Rejected at or after this time, UTC.</summary>
    public DateTime? Since { get; init; }

    /// <summary>Also those that a retry made events of. Default false.</summary>
    public bool WithRetried { get; init; }

    /// <summary>Most records. Default 100; the oldest come first.</summary>
    public int Most { get; init; } = 100;
}
