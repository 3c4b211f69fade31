using Ecart.Scoring;

namespace Ecart.Detection;

/// <summary>When a burst of events is more than an entity's own rhythm explains.</summary>
public sealed record VelocityOptions
{
    /// <summary>Minutes of event time looked back. Default 60, 1 to 1,440.</summary>
    public int WindowMinutes { get; init; } = 60;

    /// <summary>Events an hour expected of an entity that nothing is known of: mean of the Gamma prior. Default 0.25.</summary>
    public double PriorHourlyRate { get; init; } = 0.25;

    /// <summary>Days of observation the prior is worth. Default 7.</summary>
    public double PriorDays { get; init; } = 7;

    /// <summary>Probability below which a burst is rare. Default 1e-3.</summary>
    public double Rare { get; init; } = 1e-3;

    /// <summary>Probability below which a burst is very rare. Default 1e-5.</summary>
    public double VeryRare { get; init; } = 1e-5;

    /// <summary>What a rare burst adds. Default 0.15.</summary>
    public double RareContribution { get; init; } = 0.15;

    /// <summary>What a very rare burst adds. Default 0.3.</summary>
    public double VeryRareContribution { get; init; } = 0.3;

    internal void Validate(string path)
    {
        OptionsException.RequireRange(WindowMinutes, 1, 1440, path + ".window_minutes");
        OptionsException.RequireRange(PriorHourlyRate, 1e-6, 1000, path + ".prior_hourly_rate");
        OptionsException.RequireRange(PriorDays, 1e-3, 1000, path + ".prior_days");
        OptionsException.RequireRange(Rare, 0, 1, path + ".rare");
        OptionsException.RequireRange(VeryRare, 0, Rare, path + ".very_rare");
        OptionsException.RequireRange(RareContribution, 0, 1, path + ".rare_contribution");
        OptionsException.RequireRange(VeryRareContribution, 0, 1, path + ".very_rare_contribution");
    }
}
