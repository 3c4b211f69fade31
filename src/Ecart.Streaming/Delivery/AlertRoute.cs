using Ecart.Alerting.Targets;
using Ecart.MariaDb.Delivery;

namespace Ecart.Streaming.Delivery;

/// <summary>A route: which alerts, where to, and how hard it tries.</summary>
public sealed record AlertRoute
{
    /// <summary>Which alerts it takes, and its name.</summary>
    public required RouteRule Rule { get; init; }

    /// <summary>Opens the target; disposed with the dispatcher.</summary>
    public required Func<IAlertTarget> OpenTarget { get; init; }

    /// <summary>Messages in flight at once in this process, at least 1. Default 8.</summary>
    public int Concurrency { get; init; } = 8;

    /// <summary>How long an answer is waited for. Default 10 s. A lease is longer by <see cref="LeaseMargin"/>.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Most attempts of a process within <see cref="LimitPeriod"/>, over all processes; 0, the default, for no limit.</summary>
    public int LimitMessages { get; init; }

    /// <summary>The period of the limit. Default a minute.</summary>
    public TimeSpan LimitPeriod { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Attempts after which a message is given up. Default 20.</summary>
    public int MaximumAttempts { get; init; } = 20;

    /// <summary>Longest wait after the first failed attempt; it doubles with each. Default 1 s.</summary>
    public TimeSpan FirstBackoff { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Longest wait after any. Default 5 minutes.</summary>
    public TimeSpan LongestBackoff { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long a target that fails is left alone, at least half a second. Default 30 s.</summary>
    public TimeSpan BreakerPause { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How much longer than an attempt may take its message is nobody else's.</summary>
    public static readonly TimeSpan LeaseMargin = TimeSpan.FromSeconds(5);

    internal ClaimTerms Terms(TimeSpan maximumAge) => new(Rule.Name, Timeout + LeaseMargin, LimitMessages, LimitPeriod, maximumAge);
}
