using Ecart.Scoring;

namespace Ecart.Detection;

/// <summary>How confirmed fraud at a merchant, device or address counts against a new event there.</summary>
public sealed record EntityHistoryOptions
{
    /// <summary>Days until a label is usually known: the window ends so long before the event. Default 7, 0 to 90.</summary>
    public int LabelDelayDays { get; init; } = 7;

    /// <summary>Days of the window. Default 30, 1 to 120.</summary>
    public int WindowDays { get; init; } = 30;

    /// <summary>The domain's fraud rate before anything is known. Default 0.005.</summary>
    public double PriorRate { get; init; } = 0.005;

    /// <summary>Events that <see cref="PriorRate"/> is worth against the domain's own count. Default 1,000.</summary>
    public double PriorStrength { get; init; } = 1000;

    /// <summary>Events at the domain's rate that an entity is shrunk by. Default 10.</summary>
    public double Shrinkage { get; init; } = 10;

    /// <summary>The most it adds. Default 0.5.</summary>
    public double Maximum { get; init; } = 0.5;

    /// <summary>Excess of the entity's rate over the domain's that adds the maximum. Default 0.3.</summary>
    public double Scale { get; init; } = 0.3;

    /// <summary>The shrunk fraud rate of an entity.</summary>
    public double Rate(double frauds, double events, double domainRate) =>
        (frauds + (Shrinkage * domainRate)) / (events + Shrinkage);

    /// <summary>The domain's own fraud rate, never 0.</summary>
    public double DomainRate(double frauds, double events) =>
        (frauds + (PriorRate * PriorStrength)) / (events + PriorStrength);

    internal void Validate(string path)
    {
        OptionsException.RequireRange(LabelDelayDays, 0, 90, path + ".label_delay_days");
        OptionsException.RequireRange(WindowDays, 1, 120, path + ".window_days");
        OptionsException.RequireRange(PriorRate, 1e-9, 1, path + ".prior_rate");
        OptionsException.RequireRange(PriorStrength, 1e-3, 1e9, path + ".prior_strength");
        OptionsException.RequireRange(Shrinkage, 0.1, 1e6, path + ".shrinkage");
        OptionsException.RequireRange(Maximum, 0, 1, path + ".maximum");
        OptionsException.RequireRange(Scale, 1e-6, 1, path + ".scale");
    }
}
