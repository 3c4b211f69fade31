using Ecart.Scoring;

namespace Ecart.Domains.Network;

/// <summary>The continuous ranking score: 1 − Π(1 − e) over pieces of evidence e.</summary>
public sealed record NetworkRankOptions
{
    /// <summary>The most one piece of evidence says. Default 0.95.</summary>
    public double Reliability { get; init; } = 0.95;

    /// <summary>Tail probability of the population at which a distance or a volume is worth half of its most. Default 0.002.</summary>
    public double TailProbability { get; init; } = 0.002;

    /// <summary>The most that a distance far out in the population's tail says. Default 0.4.</summary>
    public double DistanceWeight { get; init; } = 0.4;

    /// <summary>The most that a volume sent, far out in the population's tail, says. Default 0.3.</summary>
    public double VolumeWeight { get; init; } = 0.3;

    /// <summary>What a connection says that nobody answered or that was refused. Default 0.5.</summary>
    public double FailedContact { get; init; } = 0.5;

    /// <summary>What a report says that something could not be delivered: the other side of a failed connection. Default 0.5.</summary>
    public double ErrorReport { get; init; } = 0.5;

    /// <summary>The most that the share of failed targets shortly before says, of a connection that failed too. Default 0.4.</summary>
    public double FailedShare { get; init; } = 0.4;

    /// <summary>The most that failures at the same port of the same host say, one after the other within a minute. Default 0.4.</summary>
    public double RepeatedFailure { get; init; } = 0.4;

    /// <summary>What a new destination says. Default 0.1.</summary>
    public double NewDestination { get; init; } = 0.1;

    /// <summary>What an unsolicited connection from outside says. Default 0.1.</summary>
    public double Inward { get; init; } = 0.1;

    /// <summary>The most that regular connections say before they are a beacon. Default 0.3.</summary>
    public double Regularity { get; init; } = 0.3;

    /// <summary>Days before the event's own that the population's tail is taken from. Default 30.</summary>
    public int PopulationDays { get; init; } = 30;

    /// <summary>A profile learns a distance cut at so many of its standard deviations above its mean. Default 3.</summary>
    public double ClipSigmas { get; init; } = 3;

    /// <summary>What a tail probability is worth as evidence, 0 to <paramref name="most"/>.</summary>
    /// <param name="tail">P(S ≥ s).</param>
    /// <param name="most">The most it says.</param>
    public double EvidenceOf(double tail, double most)
    {
        double ratio = tail / TailProbability;
        return most / (1 + (ratio * ratio));
    }

    /// <summary>What tails of detectors are worth.</summary>
    internal TailWorth Worth => new(Reliability, TailProbability);

    internal void Validate(string path)
    {
        OptionsException.RequireRange(Reliability, 0.01, 0.999, path + ".reliability");
        OptionsException.RequireRange(TailProbability, 1e-9, 0.5, path + ".tail_probability");
        OptionsException.RequireRange(DistanceWeight, 0, 0.999, path + ".distance_weight");
        OptionsException.RequireRange(VolumeWeight, 0, 0.999, path + ".volume_weight");
        OptionsException.RequireRange(FailedContact, 0, 0.999, path + ".failed_contact");
        OptionsException.RequireRange(ErrorReport, 0, 0.999, path + ".error_report");
        OptionsException.RequireRange(FailedShare, 0, 0.999, path + ".failed_share");
        OptionsException.RequireRange(RepeatedFailure, 0, 0.999, path + ".repeated_failure");
        OptionsException.RequireRange(NewDestination, 0, 0.999, path + ".new_destination");
        OptionsException.RequireRange(Inward, 0, 0.999, path + ".inward");
        OptionsException.RequireRange(Regularity, 0, 0.999, path + ".regularity");
        OptionsException.RequireRange(PopulationDays, 1, 365, path + ".population_days");
        OptionsException.RequireRange(ClipSigmas, 0.5, 100, path + ".clip_sigmas");
    }
}
