using Ecart.Scoring;

namespace Ecart.Domains.Network;

/// <summary>The least score of an event by its class, without which such an event could never alert.</summary>
public sealed record ThreatFloorOptions
{
    /// <summary>Default 0.5.</summary>
    public double Scan { get; init; } = 0.5;

    /// <summary>Default 0.65.</summary>
    public double Exfiltration { get; init; } = 0.65;

    /// <summary>Default 0.65.</summary>
    public double CommandAndControl { get; init; } = 0.65;

    /// <summary>Default 0.8.</summary>
    public double DenialOfService { get; init; } = 0.8;

    /// <summary>Default 0.5.</summary>
    public double BruteForce { get; init; } = 0.5;

    /// <summary>Default 0.65.</summary>
    public double Lateral { get; init; } = 0.65;

    /// <summary>Default 0.65.</summary>
    public double Dns { get; init; } = 0.65;

    /// <summary>The floor of a class; 0 for those that have none.</summary>
    public double Of(string threatClass) => threatClass switch
    {
        ThreatClass.Scan => Scan,
        ThreatClass.Exfiltration => Exfiltration,
        ThreatClass.CommandAndControl => CommandAndControl,
        ThreatClass.DenialOfService => DenialOfService,
        ThreatClass.BruteForce => BruteForce,
        ThreatClass.Lateral => Lateral,
        ThreatClass.Dns => Dns,
        _ => 0,
    };

    internal void Validate(string path)
    {
        OptionsException.RequireRange(Scan, 0, 1, path + ".scan");
        OptionsException.RequireRange(Exfiltration, 0, 1, path + ".exfiltration");
        OptionsException.RequireRange(CommandAndControl, 0, 1, path + ".command_and_control");
        OptionsException.RequireRange(DenialOfService, 0, 1, path + ".denial_of_service");
        OptionsException.RequireRange(BruteForce, 0, 1, path + ".brute_force");
        OptionsException.RequireRange(Lateral, 0, 1, path + ".lateral");
        OptionsException.RequireRange(Dns, 0, 1, path + ".dns");
    }
}
