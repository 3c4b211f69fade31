using Ecart.Domains.Transactions;
using Ecart.Events.Decoding;
using Ecart.Simulation;
using Ecart.Streaming.Live;
using Ecart.Streaming.Messages;
using Ecart.Streaming.Sources;

namespace Ecart.App.Demo;

/// <summary>
/// The simulated bank lives on after its stored days: the last days until now go by in fast motion, then in real time. Where it was read up to is kept in the
/// store, so that the next run goes on there.
/// </summary>
/// <param name="world">The world whose days are stored.</param>
/// <param name="labels">What becomes of its truth.</param>
/// <param name="decoder">Reads the events as those of any source.</param>
/// <param name="clock">The clock.</param>
internal sealed class DemoLiveSource(TransactionSimulatorOptions world, ReplayLabels labels, IRecordDecoder decoder, TimeProvider clock) : ILiveSource
{
    /// <summary>How much faster than life the days until now go by: eight minutes a second.</summary>
    public const int Speed = 480;

    /// <summary>The longest simulation: it goes on for as long as anybody watches.</summary>
    private const int Endless = 3650;

    private readonly JsonEventDecoder json = new(decoder);

    /// <inheritdoc/>
    public string Name { get; } = NameOf(world, labels);

    /// <summary>The name under which its position is kept.</summary>
    public static string NameOf(TransactionSimulatorOptions world, ReplayLabels labels) => "live " + SimulatedReplaySource.NameOf(world, labels);

    /// <inheritdoc/>
    public async Task RunAsync(IIntake intake, CancellationToken cancellationToken)
    {
        IReadOnlyDictionary<int, long> positions = await intake.ReadPositionsAsync(Name, cancellationToken).ConfigureAwait(false);
        // The same days again, and then those that follow.
        using var simulation = new SimulatedReplaySource(world with { Days = Endless }, labels);
        DateTime end = world.Start.AddDays(world.Days);
        ReplayItem item;
        bool isStored;
        do
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!simulation.TryRead(out item)) return;
            isStored = positions.TryGetValue(0, out long next) ? simulation.Position <= next : item.Event is not { } early || early.OccurredAt < end;
        }
        while (isStored);

        var pace = new FastMotion(clock, item.Event?.OccurredAt ?? end);
        do
        {
            if (item.Event is { } upcoming) await pace.WaitAsync(upcoming.OccurredAt, cancellationToken).ConfigureAwait(false);
            await intake.EnterAsync(
                new IntakeItem(Read(item, simulation.Position), new SourcePosition(Name, 0, simulation.Position), null), cancellationToken).ConfigureAwait(false);
        }
        while (simulation.TryRead(out item));
    }

    /// <summary>An event as it would come by any way: written and read again.</summary>
    private ReplayItem Read(ReplayItem item, long position)
    {
        if (item.Event is not TransactionEvent transaction) return item;
        DecodedRecord decoded = json.Decode(TransactionJson.Write(transaction), new RecordPosition(Name, 0, position, IsLine: false));
        return new ReplayItem(decoded.Event, null, decoded.Rejected, Name, position);
    }

    /// <summary>Tells when a moment has come: what is longer ago than the days to tell at once, those in fast motion, nothing before its time.</summary>
    private sealed class FastMotion
    {
        private readonly TimeProvider clock;
        private readonly DateTime from;
        private readonly long began;

        public FastMotion(TimeProvider clock, DateTime first)
        {
            this.clock = clock;
            began = clock.GetTimestamp();
            DateTime earliest = Now.AddDays(-DemoCalendar.DaysToTell);
            from = first > earliest ? first : earliest;
        }

        private DateTime Now => clock.GetUtcNow().UtcDateTime;

        public Task WaitAsync(DateTime moment, CancellationToken cancellationToken)
        {
            TimeSpan inMotion = ((moment - from) / Speed) - clock.GetElapsedTime(began);
            TimeSpan inLife = moment - Now;
            TimeSpan wait = inMotion > inLife ? inMotion : inLife;
            return wait > TimeSpan.Zero ? Task.Delay(wait, clock, cancellationToken) : Task.CompletedTask;
        }
    }
}
