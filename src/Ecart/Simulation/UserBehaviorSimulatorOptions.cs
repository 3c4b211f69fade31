using Ecart.Scoring;

namespace Ecart.Simulation;

/// <summary>The company that is simulated.</summary>
public sealed record UserBehaviorSimulatorOptions
{
    /// <summary>Seed: equal options give equal streams. Default 1.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Users. Default 200, 2 to 1,000,000.</summary>
    public int Users { get; init; } = 200;

    /// <summary>First day, UTC midnight. Default 2025-01-06, a Monday.</summary>
    public DateTime Start { get; init; } = new(2025, 1, 6, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>Days. Default 60, 1 to 3,650.</summary>
    public int Days { get; init; } = 60;

    /// <summary>Days at the start without any threat, so that profiles can form. Default 30.</summary>
    public int QuietDays { get; init; } = 30;

    /// <summary>Actions of a user on a working day, on average. Default 20, 1 to 80.</summary>
    public double ActionsPerDay { get; init; } = 20;

    /// <summary>Incidents of each kind a day for every 1,000 users. Default 2; 0 for none.</summary>
    public double IncidentsPerDay { get; init; } = 2;

    /// <summary>Checks every range.</summary>
    /// <exception cref="OptionsException">A value is out of range; the message names it.</exception>
    public void Validate()
    {
        OptionsException.RequireRange(Users, 2, 1_000_000, "users");
        OptionsException.RequireRange(Days, 1, 3650, "days");
        OptionsException.RequireRange(QuietDays, 0, 3650, "quiet_days");
        OptionsException.RequireRange(ActionsPerDay, 1, 80, "actions_per_day");
        OptionsException.RequireRange(IncidentsPerDay, 0, 1000, "incidents_per_day");
        OptionsException.Require(Start.Kind == DateTimeKind.Utc && Start.TimeOfDay == TimeSpan.Zero, "start", Start, "a UTC midnight");
    }
}
