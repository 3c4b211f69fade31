using Ecart.Scoring;

namespace Ecart.Domains.Network;

/// <summary>Many ports of a host, or many hosts on a port, in a short time.</summary>
public sealed record ScanOptions
{
    /// <summary>Minutes before the event that count. Default 5, 0.1 to 1,440.</summary>
    public double WindowMinutes { get; init; } = 5;

    /// <summary>Distinct targets above which <see cref="ManyContribution"/> is added. Default 50.</summary>
    public double ManyTargets { get; init; } = 50;

    /// <summary>Default 0.2.</summary>
    public double ManyContribution { get; init; } = 0.2;

    /// <summary>Distinct targets above which <see cref="SomeContribution"/> is added, and the class may be a scan. Default 20.</summary>
    public double SomeTargets { get; init; } = 20;

    /// <summary>Default 0.1.</summary>
    public double SomeContribution { get; init; } = 0.1;

    /// <summary>A target counts 1, and so much more where all targets failed, in proportion to the share that did. Default 1, 0 to 10.</summary>
    public double FailureWeight { get; init; } = 1;

    /// <summary>Share of targets that failed below which many targets are a crawler or a busy client, no scan. Default 0.3, 0 to 1.</summary>
    public double MinimumFailedShare { get; init; } = 0.3;

    internal long WindowTicks => (long)(WindowMinutes * TimeSpan.TicksPerMinute);

    /// <summary>Targets weighted by how many of them failed.</summary>
    public double Weigh(int targets, double failedShare) => targets * (1 + (FailureWeight * failedShare));

    /// <summary>What a weighted number of targets adds.</summary>
    public double Contribution(double weighted)
    {
        if (weighted > ManyTargets) return ManyContribution;
        return weighted > SomeTargets ? SomeContribution : 0;
    }

    internal void Validate(string path)
    {
        OptionsException.RequireRange(WindowMinutes, 0.1, 1440, path + ".window_minutes");
        OptionsException.RequireRange(SomeTargets, 1, 200, path + ".some_targets");
        OptionsException.RequireRange(ManyTargets, SomeTargets, 500, path + ".many_targets");
        OptionsException.RequireRange(ManyContribution, 0, 1, path + ".many_contribution");
        OptionsException.RequireRange(SomeContribution, 0, 1, path + ".some_contribution");
        OptionsException.RequireRange(FailureWeight, 0, 10, path + ".failure_weight");
        OptionsException.RequireRange(MinimumFailedShare, 0, 1, path + ".minimum_failed_share");
    }
}
