namespace Ecart.Domains.UserBehavior;

/// <summary>What the decoders of user behaviour assume and accept.</summary>
public sealed record UserBehaviorDecoderOptions
{
    /// <summary>IANA id of the zone of records that name none, and of log lines whose times have none. Default null: UTC.</summary>
    public string? DefaultTimeZone { get; init; }

    /// <summary>Earliest event time accepted. Default 2000-01-01.</summary>
    public DateTime Earliest { get; init; } = new(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>How far ahead of now an event may be. Default 1 day.</summary>
    public TimeSpan FutureTolerance { get; init; } = TimeSpan.FromDays(1);

    /// <summary>
    /// Year of the first line of a log whose times have none; later lines go on from it, over the turn of the year too. Default null: the latest year that does not
    /// lie in the future.
    /// </summary>
    public int? FirstYear { get; init; }

    /// <summary>What the domain's configuration says about time zones.</summary>
    public static UserBehaviorDecoderOptions From(UserBehaviorOptions options) => new() { DefaultTimeZone = options.TimeZone };
}
