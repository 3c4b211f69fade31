namespace Ecart.Domains.Iot;

/// <summary>What the decoder of measurements accepts.</summary>
public sealed record IotDecoderOptions
{
    /// <summary>Earliest event time accepted: a clock that was never set says 1970. Default 2000-01-01.</summary>
    public DateTime Earliest { get; init; } = new(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>How far ahead of now an event may be. Default 1 day.</summary>
    public TimeSpan FutureTolerance { get; init; } = TimeSpan.FromDays(1);
}
