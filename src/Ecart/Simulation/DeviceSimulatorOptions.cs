using Ecart.Scoring;

namespace Ecart.Simulation;

/// <summary>The fleet that is simulated.</summary>
public sealed record DeviceSimulatorOptions
{
    /// <summary>Seed: equal options give equal streams. Default 1.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Devices that wear out. Default 60, 0 to 100,000.</summary>
    public int Degrading { get; init; } = 60;

    /// <summary>Devices that never have anything. Default 60, 0 to 100,000.</summary>
    public int Healthy { get; init; } = 60;

    /// <summary>Devices with a fault of a sensor, the kinds in turn. Default 20, 0 to 100,000.</summary>
    public int Faulty { get; init; } = 20;

    /// <summary>First day, UTC midnight. Default 2025-01-06, a Monday.</summary>
    public DateTime Start { get; init; } = new(2025, 1, 6, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>Days. A device that fails is heard no more. Default 84, 1 to 3,650.</summary>
    public int Days { get; init; } = 84;

    /// <summary>Days at the start in which nothing is wrong. Default 16: two weeks to learn from, and two days. 0 to 3,650.</summary>
    public int QuietDays { get; init; } = 16;

    /// <summary>Readings of a signal in an hour. Default 6, 1 to 3,600.</summary>
    public int ReadingsPerHour { get; init; } = 6;

    /// <summary>Fewest hours that wearing out takes. Default 120, 1 to 100,000.</summary>
    public double LeastLifeHours { get; init; } = 120;

    /// <summary>Most hours that wearing out takes; between the two, all orders of magnitude are as likely. Default 1,000.</summary>
    public double MostLifeHours { get; init; } = 1000;

    /// <summary>How far the signals have moved at the end of that time, in standard deviations of the healthy signal. Default 4, about where the critical distance lies; 0.1 to 1,000.</summary>
    public double EndDeviation { get; init; } = 4;

    /// <summary>Checks every range.</summary>
    /// <exception cref="OptionsException">A value is out of range; the message names it.</exception>
    public void Validate()
    {
        OptionsException.RequireRange(Degrading, 0, 100_000, "degrading");
        OptionsException.RequireRange(Healthy, 0, 100_000, "healthy");
        OptionsException.RequireRange(Faulty, 0, 100_000, "faulty");
        OptionsException.RequireRange(Days, 1, 3650, "days");
        OptionsException.RequireRange(QuietDays, 0, 3650, "quiet_days");
        OptionsException.RequireRange(ReadingsPerHour, 1, 3600, "readings_per_hour");
        OptionsException.RequireRange(LeastLifeHours, 1, 100_000, "least_life_hours");
        OptionsException.RequireRange(MostLifeHours, LeastLifeHours, 100_000, "most_life_hours");
        OptionsException.RequireRange(EndDeviation, 0.1, 1000, "end_deviation");
        OptionsException.Require(Start.Kind == DateTimeKind.Utc && Start.TimeOfDay == TimeSpan.Zero, "start", Start, "a UTC midnight");
    }
}
