using Ecart.Scoring;

namespace Ecart.Domains.Iot;

/// <summary>How measurements of a device's signals make rows that are looked at together.</summary>
public sealed record JointOptions
{
    /// <summary>Milliseconds by which measurements of one row may differ in time. Default 0, 0 to 86,400,000 (a day).</summary>
    public int ToleranceMilliseconds { get; init; }

    /// <summary>Usual steps between rows after which the rows before are forgotten. Default 60, 1 to 1e6.</summary>
    public double RestartSteps { get; init; } = 60;

    internal long ToleranceTicks => ToleranceMilliseconds * TimeSpan.TicksPerMillisecond;

    internal void Validate(string path)
    {
        OptionsException.RequireRange(ToleranceMilliseconds, 0, 86_400_000, path + ".tolerance_milliseconds");
        OptionsException.RequireRange(RestartSteps, 1, 1e6, path + ".restart_steps");
    }
}
