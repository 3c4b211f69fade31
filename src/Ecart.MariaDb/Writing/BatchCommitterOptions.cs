using Ecart.Domains.Transactions;
using Ecart.Scoring;

namespace Ecart.MariaDb.Writing;

/// <summary>How batches are committed.</summary>
public sealed record BatchCommitterOptions
{
    /// <summary>Batches written at once, each on a connection of its own; they commit in order. Default 2, 1 to 8.</summary>
    public int MaximumInFlight { get; init; } = 2;

    /// <summary>How rows are sent. Default LOAD DATA.</summary>
    public RowFormat Format { get; init; } = RowFormat.LoadData;

    /// <summary>How long a failure that may pass is tried again. Default 60 s.</summary>
    public TimeSpan GiveUpAfter { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// After how long the server ends the transaction of a process that says nothing, whose locks others wait for; null for never, the default. 1 s or more.
    /// </summary>
    public TimeSpan? EndIdleTransactionsAfter { get; init; }

    /// <summary>Score from which an event is flagged, told in explanations. A pipeline takes it from its engine. Default 0.5.</summary>
    public double FlagThreshold { get; init; } = 0.5;

    /// <summary>The outbox route of an alert by severity. A pipeline takes it from its engine. Default: critical to PagerDuty, high to Slack, the rest to the dashboard.</summary>
    public Func<Severity, string> RouteOf { get; init; } = new RouteOptions().Of;

    /// <summary>Told of each attempt that failed and is tried again: the error and when.</summary>
    public Action<Exception, TimeSpan>? Retrying { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
