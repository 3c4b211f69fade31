namespace Ecart.Detection.Streaming.TimeSeries;

/// <summary>What can be strange about a point of a time series.</summary>
public enum TimeSeriesComponent
{
    /// <summary>No earlier value is near it.</summary>
    Value = 0,

    /// <summary>It lies outside everything seen.</summary>
    Range = 1,

    /// <summary>The newest points lie higher or lower than those before.</summary>
    Level = 2,

    /// <summary>The newest points change more or less from one to the next than those before; a stuck sensor changes not at all.</summary>
    Spread = 3,

    /// <summary>It is not what this time of day brings.</summary>
    Season = 4,

    /// <summary>The newest points go up and down as no stretch before did.</summary>
    Shape = 5,
}
