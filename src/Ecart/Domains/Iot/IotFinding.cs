namespace Ecart.Domains.Iot;

/// <summary>What can be found at a signal or a device, as position in its episodes.</summary>
internal enum IotFinding
{
    /// <summary>The series did what it never did.</summary>
    TimeSeries = 0,

    /// <summary>The embedding is far from the baseline.</summary>
    Distance = 1,

    /// <summary>The distance has been growing.</summary>
    Drift = 2,

    /// <summary>The sensor does not change any more.</summary>
    Stuck = 3,

    /// <summary>The value is in another unit.</summary>
    Unit = 4,

    /// <summary>A silence before.</summary>
    Gap = 5,

    /// <summary>The device's clock was wrong.</summary>
    Clock = 6,

    /// <summary>The device's signals do not fit each other.</summary>
    Joint = 7,
}
