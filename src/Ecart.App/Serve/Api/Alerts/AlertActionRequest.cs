using Ecart.MariaDb.Alerts;

namespace Ecart.App.Serve.Api.Alerts;

/// <summary>What <c>POST /v1/alerts/actions</c> takes.</summary>
internal sealed record AlertActionRequest
{
    /// <summary>What to do.</summary>
    public AlertActionKind? Action { get; init; }

    /// <summary>To which alerts.</summary>
    public IReadOnlyList<long>? Ids { get; init; }

    /// <summary>The revisions that were seen, by alert.</summary>
    public IReadOnlyDictionary<long, int>? Revisions { get; init; }

    /// <summary>The new status of <c>set_status</c>.</summary>
    public AlertStatus? Status { get; init; }

    /// <summary>Who gets it, of <c>assign</c>; null or empty: nobody.</summary>
    public string? AssignedTo { get; init; }

    /// <summary>What is said.</summary>
    public string? Note { get; init; }
}
