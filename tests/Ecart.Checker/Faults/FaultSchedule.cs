using Ecart.Numerics;

namespace Ecart.Checker.Faults;

/// <summary>Which fault comes after how many produced items, by the seed alone.</summary>
internal static class FaultSchedule
{
    /// <summary>The faults in order.</summary>
    /// <param name="options">How many of each.</param>
    /// <param name="items">Items that are produced in all.</param>
    public static List<(int After, Fault Fault)> Make(CheckOptions options, int items)
    {
        var random = new SeededRandom(options.Seed + 991);
        var schedule = new List<(int After, Fault Fault)>();
        foreach ((Fault fault, int count) in new[]
        {
            (Fault.KillService, options.ServiceKills), (Fault.KillServer, options.ServerKills), (Fault.PauseService, options.Pauses),
            (Fault.KillConnections, options.ConnectionKills), (Fault.CutCommit, options.CommitCuts), (Fault.FillDisk, options.FullDisks),
            (Fault.BrokerOutage, options.HasBroker ? options.BrokerOutages : 0),
            (Fault.BrokerErrors, options.Producer == ProducerKind.Kafka ? options.BrokerErrors : 0),
            (Fault.Rebalances, options.Producer == ProducerKind.Kafka ? options.Rebalances : 0),
        })
        {
            for (int i = 0; i < count; i++) schedule.Add((random.Next(items / 50, items), fault));
        }

        schedule.Sort((one, other) => one.After.CompareTo(other.After));
        return schedule;
    }
}
