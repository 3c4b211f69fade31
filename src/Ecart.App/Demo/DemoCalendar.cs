using Ecart.Domains.Transactions;
using Ecart.MariaDb.Writing;
using Ecart.Simulation;
using Ecart.Streaming.Sources;

namespace Ecart.App.Demo;

/// <summary>When the simulated days are: the stored ones end some days ago, and the live stream tells those since.</summary>
internal static class DemoCalendar
{
    /// <summary>Days between the end of what is stored at first and today.</summary>
    public const int DaysToTell = 14;

    private const int LongestAgo = 3650;

    /// <summary>The days of a new demo.</summary>
    public static DateTime NewStart(int days, TimeProvider clock) => clock.GetUtcNow().UtcDateTime.Date.AddDays(-DaysToTell - days);

    /// <summary>The world with the days that an earlier run gave it; with new ones where none did.</summary>
    public static async Task<TransactionSimulatorOptions> PlaceAsync(
        string connectionString, TransactionSimulatorOptions world, ReplayLabels labels, TimeProvider clock, CancellationToken cancellationToken)
    {
        IReadOnlyDictionary<string, long> sources =
            await new LaneStore(connectionString, TransactionEvent.DomainName).ReadSourcesAsync(cancellationToken).ConfigureAwait(false);
        TransactionSimulatorOptions placed = world with { Start = NewStart(world.Days, clock) };
        if (sources.Count == 0) return placed;
        // The days are part of the name under which a stream is stored.
        for (int ago = 0; ago <= LongestAgo; ago++)
        {
            TransactionSimulatorOptions earlier = placed with { Start = placed.Start.AddDays(-ago) };
            if (sources.Keys.Any(source => DemoTopic.IsOf(source, earlier, labels))) return earlier;
        }

        return placed;
    }
}
