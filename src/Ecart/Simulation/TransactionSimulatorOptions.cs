using Ecart.Scoring;

namespace Ecart.Simulation;

/// <summary>The world that is simulated.</summary>
public sealed record TransactionSimulatorOptions
{
    /// <summary>Seed: equal options give equal streams. Default 1.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Accounts. Default 1,000, 1 to 10,000,000.</summary>
    public int Accounts { get; init; } = 1000;

    /// <summary>Merchants. Default 500, 10 to 1,000,000.</summary>
    public int Merchants { get; init; } = 500;

    /// <summary>First day, UTC midnight. Default 2025-01-01.</summary>
    public DateTime Start { get; init; } = new(2025, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>Days. Default 90, 1 to 3,650.</summary>
    public int Days { get; init; } = 90;

    /// <summary>Days at the start without any fraud, so that profiles can form. Default 30.</summary>
    public int QuietDays { get; init; } = 30;

    /// <summary>Genuine transactions an account makes a day, on average. Default 2, 0.05 to 50.</summary>
    public double TransactionsPerDay { get; init; } = 2;

    /// <summary>Fraud incidents of each kind a day for every 1,000 accounts. Default 0.5; 0 for none.</summary>
    public double IncidentsPerDay { get; init; } = 0.5;

    /// <summary>Merchants compromised at any time for every 500 merchants. Default 1.</summary>
    public double CompromisedMerchants { get; init; } = 1;

    /// <summary>Share of fraud that is ever reported. Default 0.95.</summary>
    public double ReportedShare { get; init; } = 0.95;

    /// <summary>Checks every range.</summary>
    /// <exception cref="OptionsException">A value is out of range; the message names it.</exception>
    public void Validate()
    {
        OptionsException.RequireRange(Accounts, 1, 10_000_000, "accounts");
        OptionsException.RequireRange(Merchants, 10, 1_000_000, "merchants");
        OptionsException.RequireRange(Days, 1, 3650, "days");
        OptionsException.RequireRange(QuietDays, 0, 3650, "quiet_days");
        OptionsException.RequireRange(TransactionsPerDay, 0.05, 50, "transactions_per_day");
        OptionsException.RequireRange(IncidentsPerDay, 0, 1000, "incidents_per_day");
        OptionsException.RequireRange(CompromisedMerchants, 0, 1000, "compromised_merchants");
        OptionsException.RequireRange(ReportedShare, 0, 1, "reported_share");
        OptionsException.Require(
            Start.Kind == DateTimeKind.Utc && Start.TimeOfDay == TimeSpan.Zero, "start", Start, "a UTC midnight");
    }
}
