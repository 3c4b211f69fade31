using Ecart.Scoring;

namespace Ecart.Profiles;

/// <summary>How merchants, devices and addresses become compromised and recover.</summary>
public sealed record CompromiseOptions
{
    /// <summary>Probability a day that a sound entity becomes compromised. Default 0.001.</summary>
    public double CompromisePerDay { get; init; } = 0.001;

    /// <summary>Probability a day that a compromised entity recovers. Default 1/30: a month.</summary>
    public double RecoveryPerDay { get; init; } = 1.0 / 30;

    /// <summary>Share of a compromised entity's events that are fraud. Default 0.8.</summary>
    public double FraudShare { get; init; } = 0.8;

    internal void Validate(string path)
    {
        OptionsException.RequireRange(CompromisePerDay, 1e-9, 0.5, path + ".compromise_per_day");
        OptionsException.RequireRange(RecoveryPerDay, 1e-9, 0.5, path + ".recovery_per_day");
        OptionsException.RequireRange(FraudShare, 1e-3, 0.999, path + ".fraud_share");
    }
}
