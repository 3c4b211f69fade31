using System.Globalization;
using Ecart.App.Commands;
using Ecart.Domains.Transactions;
using Ecart.MariaDb.Writing;
using Ecart.Simulation;
using Ecart.Streaming.Sources;
using Ecart.Streaming.Sources.Kafka;

namespace Ecart.App.Demo;

/// <summary>
/// The topic of one run. The embedded broker forgets everything when it ends, while the simulation is the same each time: a topic is named by the item of
/// the simulation that it begins with, so that its positions in the store tell how much of the simulation is stored.
/// </summary>
internal static class DemoTopic
{
    private const string From = ".from-";

    /// <summary>The topic that begins with an item.</summary>
    public static string Name(TransactionSimulatorOptions world, ReplayLabels labels, long first) =>
        string.Create(CultureInfo.InvariantCulture, $"{Stem(world, labels)}{From}{first}");

    /// <summary>Items of the simulation that are stored.</summary>
    /// <exception cref="CommandException">The store holds something else: two simulations would be one bank with two pasts.</exception>
    public static async Task<long> ReadPositionAsync(
        string connectionString, TransactionSimulatorOptions world, ReplayLabels labels, CancellationToken cancellationToken)
    {
        long stored = 0;
        foreach ((string source, long next) in await new LaneStore(connectionString, TransactionEvent.DomainName).ReadSourcesAsync(cancellationToken).ConfigureAwait(false))
        {
            if (source == DemoLiveSource.NameOf(world, labels)) continue;
            if (FirstOf(source, world, labels) is not { } first)
            {
                throw new CommandException(
                    $"The demo's database already holds another stream ({source}). Run with the same --accounts, --days, --seed and --start, or add --fresh to begin again.",
                    ExitCode.Usage);
            }

            stored = Math.Max(stored, first + next);
        }

        return stored;
    }

    /// <summary>Whether a source of the store is of this stream.</summary>
    public static bool IsOf(string source, TransactionSimulatorOptions world, ReplayLabels labels) => FirstOf(source, world, labels) is not null;

    /// <summary>The item that a source of the store begins with; null when it is of another stream.</summary>
    private static long? FirstOf(string source, TransactionSimulatorOptions world, ReplayLabels labels)
    {
        // The simulation itself, replayed without a topic.
        if (source == SimulatedReplaySource.NameOf(world, labels)) return 0;
        string begin = KafkaSource.NameOf(Stem(world, labels) + From);
        return source.StartsWith(begin, StringComparison.Ordinal) && long.TryParse(source.AsSpan(begin.Length), CultureInfo.InvariantCulture, out long first)
            ? first
            : null;
    }

    /// <summary>The simulation's name in letters that a topic may have.</summary>
    private static string Stem(TransactionSimulatorOptions world, ReplayLabels labels) =>
        SimulatedReplaySource.NameOf(world, labels).Replace(' ', '-').Replace(",", "", StringComparison.Ordinal).Replace("#", "", StringComparison.Ordinal);
}
