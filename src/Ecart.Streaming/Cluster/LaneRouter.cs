using System.Threading.Channels;
using Ecart.Events;
using Ecart.Streaming.Lanes;
using Ecart.Streaming.Live;
using Ecart.Streaming.Sources;
using Ecart.Streaming.Sources.Kafka;

namespace Ecart.Streaming.Cluster;

/// <summary>
/// Takes what the sources of this node read to the nodes that own the lanes, and tells the sources what became of it. What a node did not take, or died
/// with, is handed on again: at least once, and the uid makes it exactly once. The items of a lane stay in order: they go to a new owner only when none
/// is under way to the old one. Bounded: when too many wait, so do sources. Thread-safe.
/// </summary>
internal sealed class LaneRouter : IIntake, IDisposable
{
    private static readonly TimeSpan PauseBeforeNext = TimeSpan.FromMilliseconds(50);
    private readonly Lock gate = new();
    private readonly SemaphoreSlim places;
    private readonly ClusterOptions options;
    private readonly TimeProvider timeProvider;
    private readonly PositionKeeper positions;
    private readonly Destination local;
    private readonly Destination resolver;
    private readonly Destination nowhere = new(_ => throw new InvalidOperationException("Items without an owner wait."));
    private readonly Destination?[] bound = new Destination?[LaneMap.Count];
    private readonly int[] held = new int[LaneMap.Count];
    private readonly Dictionary<(string Domain, string Uid), int> eventsUnderWay = [];
    private readonly HashSet<RoutedItem> open = [];
    private readonly CancellationTokenSource closing = new();
    private readonly RepeatedReports reports;
    private TaskCompletionSource? drained;
    private Destination[] owners = [];
    private int assignment;
    private Exception? failure;

    /// <param name="local">Takes items of this node's lanes.</param>
    /// <param name="findLanes">The lane of the event that each label speaks of; <see cref="RoutedItem.NoLane"/> for an unknown one.</param>
    /// <param name="positions">Keeps how far sources are read.</param>
    /// <param name="options">Bounds.</param>
    /// <param name="timeProvider">The clock.</param>
    public LaneRouter(
        Destination local,
        Func<IReadOnlyList<Label>, Task<IReadOnlyList<int>>> findLanes,
        PositionKeeper positions,
        ClusterOptions options,
        TimeProvider timeProvider)
    {
        this.local = local;
        this.positions = positions;
        this.options = options;
        this.timeProvider = timeProvider;
        FindLanes = findLanes;
        reports = new RepeatedReports(options.Report);
        resolver = new Destination(_ => throw new InvalidOperationException("Labels are looked up."));
        places = new SemaphoreSlim(options.MostWaiting);
    }

    private Func<IReadOnlyList<Label>, Task<IReadOnlyList<int>>> FindLanes { get; }

    /// <inheritdoc/>
    public async ValueTask EnterAsync(IntakeItem item, CancellationToken cancellationToken)
    {
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, closing.Token);
        try
        {
            await places.WaitAsync(waiting.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ChannelClosedException(failure);
        }

        Enter(in item);
    }

    /// <inheritdoc/>
    public bool TryEnter(IntakeItem item)
    {
        if (closing.IsCancellationRequested || !places.Wait(0)) return false;
        Enter(in item);
        return true;
    }

    /// <inheritdoc/>
    public Task<IReadOnlyDictionary<int, long>> ReadPositionsAsync(string source, CancellationToken cancellationToken) =>
        positions.ReadAsync(source, cancellationToken);

    /// <summary>Lanes have other owners from now on.</summary>
    /// <param name="byLane">The owner of each lane; empty while nobody is known.</param>
    public void Assign(Destination[] byLane)
    {
        lock (gate)
        {
            Destination[] all = [.. owners.Distinct(), nowhere, local];
            owners = byLane;
            assignment++;
            foreach (Destination destination in all)
                if (!destination.IsBusy) Rebind(destination);
        }
    }

    /// <summary>Waits until nothing is under way.</summary>
    public Task DrainAsync()
    {
        lock (gate)
        {
            drained ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            if (open.Count == 0) drained.TrySetResult();
            return drained.Task;
        }
    }

    /// <summary>Gives up on everything that is under way.</summary>
    public void Abandon(Exception cause)
    {
        RoutedItem[] abandoned;
        lock (gate)
        {
            if (failure is not null) return;
            failure = cause;
            abandoned = [.. open];
            open.Clear();
            drained?.TrySetResult();
        }

        closing.Cancel();
        foreach (RoutedItem item in abandoned) item.Item.Receipt?.Abandoned(cause);
    }

    public void Dispose()
    {
        closing.Cancel();
        closing.Dispose();
        places.Dispose();
    }

    private void Enter(in IntakeItem item)
    {
        Exception? cause;
        lock (gate)
        {
            cause = failure;
            if (cause is null)
            {
                var routed = new RoutedItem(in item, LaneOf(item.Item));
                open.Add(routed);
                if (item.Position is { } position) positions.Enter(position, routed);
                if (item.Item.Event is { } domainEvent) eventsUnderWay[(domainEvent.Domain, domainEvent.EventUid)] = routed.Lane;
                Place(routed);
            }
        }

        if (cause is not null) item.Receipt?.Abandoned(cause);
    }

    private int LaneOf(in ReplayItem item) => item switch
    {
        { Event: { } scored } => LaneMap.LaneOf(scored.Domain, scored.PrimaryEntityId),
        { Label: { } label } => eventsUnderWay.TryGetValue((label.Domain, label.EventUid), out int lane) ? lane : RoutedItem.Unresolved,
        _ => RoutedItem.NoLane,
    };

    /// <summary>Puts an item where its lane's items wait. Under the lock.</summary>
    private void Place(RoutedItem item)
    {
        Destination destination = item.Lane switch
        {
            RoutedItem.NoLane => local,
            RoutedItem.Unresolved => resolver,
            _ => held[item.Lane]++ == 0 ? bound[item.Lane] = OwnerOf(item.Lane) : bound[item.Lane]!,
        };
        destination.Waiting.Add(item);
        Begin(destination);
    }

    private Destination OwnerOf(int lane) => owners.Length == 0 ? nowhere : owners[lane];

    /// <summary>Takes what waits to where its lane is now. Under the lock; nothing may be under way there.</summary>
    private void Rebind(Destination destination)
    {
        destination.Assignment = assignment;
        List<RoutedItem> waiting = destination.Waiting;
        destination.Waiting = [];
        foreach (RoutedItem item in waiting)
            if (item.Lane >= 0) held[item.Lane]--;
        foreach (RoutedItem item in waiting)
            if (!item.IsSettled) Place(item);
        Begin(destination);
    }

    private void Begin(Destination destination)
    {
        if (destination.IsBusy || destination.Waiting.Count == 0 || destination == nowhere) return;
        destination.IsBusy = true;
        _ = Task.Run(() => SendAsync(destination));
    }

    private async Task SendAsync(Destination destination)
    {
        while (true)
        {
            List<RoutedItem> batch;
            lock (gate)
            {
                if (destination != resolver && destination.Assignment != assignment) Rebind(destination);
                if (destination.Waiting.Count == 0 || failure is not null)
                {
                    destination.IsBusy = false;
                    return;
                }

                int count = Math.Min(options.MostAtOnce, destination.Waiting.Count);
                batch = destination.Waiting.GetRange(0, count);
                destination.Waiting.RemoveRange(0, count);
            }

            bool isWhole = destination == resolver
                ? await ResolveAsync(batch).ConfigureAwait(false)
                : await HandOnAsync(destination, batch).ConfigureAwait(false);
            if (!isWhole) await Task.Delay(PauseBeforeNext, timeProvider).ConfigureAwait(false);
        }
    }

    /// <returns>False when something has to be handed on again.</returns>
    private async Task<bool> HandOnAsync(Destination destination, List<RoutedItem> batch)
    {
        IReadOnlyList<ItemOutcome> outcomes = [];
        try
        {
            outcomes = await destination.Send([.. batch.Select(item => item.ToHandOn)]).ConfigureAwait(false);
        }
        catch (Exception error)
        {
            // Dead, away or of another version: whatever it is, the items are still ours. Whether they were stored is found by their uids.
            reports.Add($"A node did not take items, they are handed on again: {error.Message}");
        }

        var settled = new List<(RoutedItem Item, ItemOutcome Outcome)>(batch.Count);
        for (int i = 0; i < batch.Count; i++)
        {
            ItemOutcome outcome = i < outcomes.Count ? outcomes[i] : default;
            if (outcome.Kind != ItemOutcomeKind.NotTaken) settled.Add((batch[i], outcome));
        }

        bool[] tell = Settle(destination, batch, settled);
        for (int i = 0; i < settled.Count; i++)
            if (tell[i]) ReceiptTelling.Tell(settled[i].Item.Item, settled[i].Outcome);
        return settled.Count == batch.Count;
    }

    /// <returns>Which of the settled are to be told: all but those given up meanwhile.</returns>
    private bool[] Settle(Destination destination, List<RoutedItem> batch, List<(RoutedItem Item, ItemOutcome Outcome)> settled)
    {
        var tell = new bool[settled.Count];
        lock (gate)
        {
            for (int i = 0; i < settled.Count; i++)
            {
                RoutedItem item = settled[i].Item;
                item.IsSettled = true;
                tell[i] = open.Remove(item);
                if (item.Lane >= 0) held[item.Lane]--;
                if (item.Item.Item.Event is { } domainEvent) eventsUnderWay.Remove((domainEvent.Domain, domainEvent.EventUid));
                if (item.Item.Position is { } position && tell[i]) positions.Advance(position);
            }

            if (settled.Count > 0) places.Release(settled.Count);
            List<RoutedItem> left = [.. batch.Where(item => !item.IsSettled)];
            foreach (RoutedItem item in left.Where(item => item.Item.Item.Label is not null))
            {
                // Its event may have been stored or refused meanwhile, or be handed on again before it.
                if (item.Lane >= 0) held[item.Lane]--;
                item.Lane = RoutedItem.Unresolved;
            }

            destination.Waiting.InsertRange(0, left);

            // Busy still: what is placed here is sent by the loop that called.
            Rebind(destination);
            if (open.Count == 0) drained?.TrySetResult();
        }

        return tell;
    }

    /// <returns>False when the store did not answer.</returns>
    private async Task<bool> ResolveAsync(List<RoutedItem> batch)
    {
        IReadOnlyList<int>? lanes = null;
        try
        {
            lanes = await FindLanes([.. batch.Select(item => item.Item.Item.Label!)]).ConfigureAwait(false);
        }
        catch (Exception error) when (MariaDb.Writing.TransientErrors.IsTransient(error))
        {
            // Nothing could be stored either.
        }

        lock (gate)
        {
            for (int i = 0; i < batch.Count; i++)
            {
                if (lanes is not null)
                {
                    Label label = batch[i].Item.Item.Label!;
                    batch[i].Lane = lanes[i] >= 0 ? lanes[i] : eventsUnderWay.GetValueOrDefault((label.Domain, label.EventUid), RoutedItem.NoLane);
                }
            }

            if (lanes is null) resolver.Waiting.InsertRange(0, batch);
            else foreach (RoutedItem item in batch) Place(item);
        }

        return lanes is not null;
    }
}
