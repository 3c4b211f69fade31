namespace Ecart.MariaDb.Alerts;

/// <summary>One thing to do to some alerts.</summary>
/// <param name="Kind">What.</param>
/// <param name="Actor">Who does it.</param>
public sealed record AlertAction(AlertActionKind Kind, string Actor)
{
    /// <summary>Alerts of one action, at most.</summary>
    public const int MostAlerts = 200;

    /// <summary>Characters of a note, at most.</summary>
    public const int LongestNote = 4000;

    /// <summary>Whose work it becomes, when assigning; null: nobody's.</summary>
    public string? Assignee { get; init; }

    /// <summary>The new status, when setting it.</summary>
    public AlertStatus? Status { get; init; }

    /// <summary>What is said; required of a comment.</summary>
    public string? Note { get; init; }
}
