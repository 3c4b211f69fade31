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

    /// <summary>Score from which an event is flagged, told in explanations. Default 0.5.</summary>
    public double FlagThreshold { get; init; } = 0.5;

    /// <summary>Told of each attempt that failed and is tried again: the error and when.</summary>
    public Action<Exception, TimeSpan>? Retrying { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
