namespace Ecart.Client.Alerts;

/// <summary>Something to do to alerts.</summary>
public sealed record AlertAction
{
    /// <summary>What to do.</summary>
    public required AlertActionKind Action { get; init; }

    /// <summary>To which alerts.</summary>
    public required IReadOnlyList<long> Ids { get; init; }

    /// <summary>The revisions that were seen, by alert: one that has changed since is left as it is. Null for whatever they are.</summary>
    public IReadOnlyDictionary<long, int>? Revisions { get; init; }

    /// <summary>The new status, of <see cref="AlertActionKind.SetStatus"/> alone.</summary>
    public AlertStatus? Status { get; init; }

    /// <summary>Who gets it, of <see cref="AlertActionKind.Assign"/> alone; null for nobody.</summary>
    public string? AssignedTo { get; init; }

    /// <summary>What is said; null for nothing.</summary>
    public string? Note { get; init; }
}
