using Ecart.Scoring;

namespace Ecart.Simulation;

/// <summary>The network that is simulated.</summary>
public sealed record NetworkSimulatorOptions
{
    /// <summary>Seed: equal options give equal streams. Default 1.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Workstations. Default 40, 1 to 10,000.</summary>
    public int Workstations { get; init; } = 40;

    /// <summary>Servers inside. Default 6, 1 to 200.</summary>
    public int Servers { get; init; } = 6;

    /// <summary>Devices that call home again and again. Default 10, 0 to 10,000.</summary>
    public int Devices { get; init; } = 10;

    /// <summary>First day, UTC midnight. Default 2025-01-06, a Monday.</summary>
    public DateTime Start { get; init; } = new(2025, 1, 6, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>Days. Default 7, 1 to 365.</summary>
    public int Days { get; init; } = 7;

    /// <summary>Days at the start without any threat. Default 2.</summary>
    public int QuietDays { get; init; } = 2;

    /// <summary>Sessions that a workstation makes a day, each of several connections. Default 60, 1 to 10,000.</summary>
    public double SessionsPerDay { get; init; } = 60;

    /// <summary>Incidents of each kind a day. Default 0.5; 0 for none.</summary>
    public double IncidentsPerDay { get; init; } = 0.5;

    /// <summary>Checks every range.</summary>
    /// <exception cref="OptionsException">A value is out of range; the message names it.</exception>
    public void Validate()
    {
        OptionsException.RequireRange(Workstations, 1, 10_000, "workstations");
        OptionsException.RequireRange(Servers, 1, 200, "servers");
        OptionsException.RequireRange(Devices, 0, 10_000, "devices");
        OptionsException.RequireRange(Days, 1, 365, "days");
        OptionsException.RequireRange(QuietDays, 0, 365, "quiet_days");
        OptionsException.RequireRange(SessionsPerDay, 1, 10_000, "sessions_per_day");
        OptionsException.RequireRange(IncidentsPerDay, 0, 1000, "incidents_per_day");
        OptionsException.Require(Start.Kind == DateTimeKind.Utc && Start.TimeOfDay == TimeSpan.Zero, "start", Start, "a UTC midnight");
    }
}
