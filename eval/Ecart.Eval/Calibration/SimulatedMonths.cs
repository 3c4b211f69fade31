using Ecart.Domains.Transactions;
using Ecart.Domains.UserBehavior;
using Ecart.Events;
using Ecart.Scoring;
using Ecart.Simulation;

namespace Ecart.Eval.Calibration;

/// <summary>
/// A simulated domain: a quiet month to form profiles, a month in which labels begin to come, a month of whose alerts people's decisions are learned from, and the
/// month that follows.
/// </summary>
/// <param name="Domain">Its name.</param>
/// <param name="Start">First day.</param>
/// <param name="Events">The stream, with what each event really is.</param>
/// <param name="MakeEngine">Makes an engine by thresholds.</param>
internal sealed record SimulatedMonths(
    string Domain, DateTime Start, IEnumerable<(DomainEvent Event, bool IsThreat)> Events, Func<SeverityOptions, IDomainEngine> MakeEngine)
{
    /// <summary>Days of a month.</summary>
    public const int Days = 30;

    /// <summary>All of them.</summary>
    public const int AllDays = 4 * Days;

    /// <summary>Begin of the month of which people decide.</summary>
    public DateTime Decided => Start.AddDays(2 * Days);

    /// <summary>Begin of the month that follows.</summary>
    public DateTime Following => Start.AddDays(3 * Days);

    /// <summary>Card transactions with fraud of seven kinds.</summary>
    public static SimulatedMonths Transactions(ulong seed, double scale)
    {
        var options = new TransactionSimulatorOptions { Seed = seed, Accounts = (int)(1000 * scale), Days = AllDays, QuietDays = Days };
        return new SimulatedMonths(
            TransactionEvent.DomainName,
            options.Start,
            new TransactionSimulator(options).Generate().Select(simulated => ((DomainEvent)simulated.Event, simulated.IsFraud)),
            severity => new TransactionEngine(new TransactionOptions { Severity = severity }));
    }

    /// <summary>Users of a company with threats of six kinds.</summary>
    public static SimulatedMonths UserBehavior(ulong seed, double scale)
    {
        var options = new UserBehaviorSimulatorOptions { Seed = seed, Users = (int)(200 * scale), Days = AllDays, QuietDays = Days };
        return new SimulatedMonths(
            "user_behavior",
            options.Start,
            new UserBehaviorSimulator(options).Generate().Select(simulated => ((DomainEvent)simulated.Event, simulated.IsThreat)),
            severity => new UserBehaviorEngine(new UserBehaviorOptions { Severity = severity }));
    }
}
