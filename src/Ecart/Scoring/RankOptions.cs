using Ecart.Profiles;

namespace Ecart.Scoring;

/// <summary>
/// The continuous ranking score: 1 − Π(1 − e) over pieces of evidence e, each a detector's statistic turned into a probability by how far
/// out in the population's tail it lies.
/// </summary>
public sealed record RankOptions
{
    /// <summary>The most one piece of evidence says. Default 0.95.</summary>
    public double Reliability { get; init; } = 0.95;

    /// <summary>
    /// Tail probability at which evidence is worth half: about the share of events that are anomalous in a way that can be seen.
    /// Too small is safer than too large. Default 0.002.
    /// </summary>
    public double TailProbability { get; init; } = 0.002;

    /// <summary>Observations below which an entity's own deviation has no opinion. Default 3.</summary>
    public int MinimumObservations { get; init; } = 3;

    /// <summary>Days before the event's own that the population's tail is taken from. Default 30.</summary>
    public int PopulationDays { get; init; } = 30;

    /// <summary>Coefficient of variation that an account's amounts are assumed to have before they are known. Default 0.5.</summary>
    public double PriorVariation { get; init; } = 0.5;

    /// <summary>Observations that <see cref="PriorVariation"/> is worth. Default 2.</summary>
    public double PriorStrength { get; init; } = 2;

    /// <summary>
    /// A profile learns an amount cut at so many of its standard deviations above its mean, so that fraud does not hide itself.
    /// Default 3.
    /// </summary>
    public double ClipSigmas { get; init; } = 3;

    /// <summary>How strongly earlier surprises of an account raise what the next one is worth. Default 2.</summary>
    public double BurstGain { get; init; } = 2;

    /// <summary>Surprises that count at most. Default 3.</summary>
    public double BurstLimit { get; init; } = 3;

    /// <summary>Days after which a surprise counts half. Default 7.</summary>
    public double BurstHalfLifeDays { get; init; } = 7;

    /// <summary>
    /// Share of the events of an account that somebody else has taken over that are fraud, those included that look ordinary. Default 0.3.
    /// </summary>
    public double TakeoverShare { get; init; } = 0.3;

    /// <summary>Surprises of an account that happen to everybody and tell of no takeover. Default 1.</summary>
    public double TakeoverFree { get; init; } = 1;

    /// <summary>Further surprises that make a takeover as likely as not. Default 2.</summary>
    public double TakeoverHalf { get; init; } = 2;

    /// <summary>Verdict history of merchant, device and address.</summary>
    public CompromiseOptions Compromise { get; init; } = new();

    /// <summary>What a tail probability is worth as evidence, 0 to <see cref="Reliability"/>.</summary>
    /// <param name="tail">P(S ≥ s).</param>
    /// <param name="half">The tail probability worth half.</param>
    public double EvidenceOf(double tail, double half)
    {
        double ratio = tail / half;
        return Reliability / (1 + (ratio * ratio));
    }

    /// <summary>What tails of detectors are worth.</summary>
    internal TailWorth Worth => new(Reliability, TailProbability);

    /// <summary>Probability that any event of an account is fraud because somebody else has taken the account over.</summary>
    /// <param name="surprises">Recent surprises of the account, 0 or more.</param>
    public double TakeoverEvidence(double surprises)
    {
        double further = Math.Max(0, surprises - TakeoverFree);
        return TakeoverShare * further / (further + TakeoverHalf);
    }

    internal void Validate(string path)
    {
        OptionsException.RequireRange(Reliability, 0.01, 0.999, path + ".reliability");
        OptionsException.RequireRange(TailProbability, 1e-9, 0.5, path + ".tail_probability");
        OptionsException.RequireRange(MinimumObservations, 2, 1000, path + ".minimum_observations");
        OptionsException.RequireRange(PopulationDays, 1, 365, path + ".population_days");
        OptionsException.RequireRange(PriorVariation, 1e-3, 100, path + ".prior_variation");
        OptionsException.RequireRange(PriorStrength, 1e-3, 1000, path + ".prior_strength");
        OptionsException.RequireRange(ClipSigmas, 0.5, 100, path + ".clip_sigmas");
        OptionsException.RequireRange(BurstGain, 0, 100, path + ".burst_gain");
        OptionsException.RequireRange(BurstLimit, 0, 100, path + ".burst_limit");
        OptionsException.RequireRange(BurstHalfLifeDays, 0.01, 365, path + ".burst_half_life_days");
        OptionsException.RequireRange(TakeoverShare, 0, 0.999, path + ".takeover_share");
        OptionsException.RequireRange(TakeoverFree, 0, 100, path + ".takeover_free");
        OptionsException.RequireRange(TakeoverHalf, 0.01, 100, path + ".takeover_half");
        Compromise.Validate(path + ".compromise");
    }
}
