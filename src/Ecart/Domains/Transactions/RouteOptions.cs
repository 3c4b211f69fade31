using Ecart.Scoring;

namespace Ecart.Domains.Transactions;

/// <summary>Which outbox route an alert takes, by severity.</summary>
public sealed record RouteOptions
{
    /// <summary>Default dashboard.</summary>
    public string Low { get; init; } = "dashboard";

    /// <summary>Default dashboard.</summary>
    public string Medium { get; init; } = "dashboard";

    /// <summary>Default slack.</summary>
    public string High { get; init; } = "slack";

    /// <summary>Default pagerduty.</summary>
    public string Critical { get; init; } = "pagerduty";

    /// <summary>The route of a severity.</summary>
    public string Of(Severity severity) => severity switch
    {
        Severity.Critical => Critical,
        Severity.High => High,
        Severity.Medium => Medium,
        _ => Low,
    };
}
