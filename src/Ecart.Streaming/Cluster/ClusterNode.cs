using Ecart.Events;
using Ecart.MariaDb.Reading;
using Ecart.MariaDb.Writing;
using Ecart.Scoring;
using Ecart.Streaming.Live;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using MySqlConnector;
using Orleans.Runtime;

namespace Ecart.Streaming.Cluster;

/// <summary>
/// One of the processes that share the lanes of a store. The nodes that live decide who owns which lane; the fence of the lanes decides whose commits
/// count. Start it before its pipeline runs, and stop it afterwards. Thread-safe.
/// </summary>
public sealed class ClusterNode : ILaneCluster, IAsyncDisposable
{
    private static readonly TimeSpan WritePositionsEvery = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan PauseAfterLoss = TimeSpan.FromMilliseconds(100);
    private const int MostRefusalsInRow = 10;

    private readonly ClusterOptions options;
    private readonly string connectionString;
    private readonly TimeProvider timeProvider;
    private readonly LocalLanes lanes = new();
    private readonly StateParts parts;
    private readonly PositionKeeper positions;
    private readonly Destination local;
    private readonly LaneRouter router;
    private readonly IHost host;
    private readonly CancellationTokenSource stop = new();
    private readonly Dictionary<SiloAddress, Destination> remotes = [];
    private readonly List<Task> work = [];
    private volatile IReadOnlyList<int> assigned = [];
    private (IDomainEngine Engine, int Part)? counting;
    private IOtherCounts? fresh;
    private long countsStamp = -1;
    private int refusals;
    private bool isDisposed;

    /// <summary>Makes a node that is not started.</summary>
    /// <param name="options">How it finds the others.</param>
    /// <param name="connectionString">The store; migrated.</param>
    /// <param name="domain">The domain whose lanes are shared.</param>
    /// <param name="died">Told, in a sentence, when the others have declared this node dead: end the process, start it again.</param>
    /// <param name="timeProvider">The clock.</param>
    public ClusterNode(ClusterOptions options, string connectionString, string domain, Action<string> died, TimeProvider timeProvider)
    {
        ArgumentNullException.ThrowIfNull(options);
        this.options = options;
        this.connectionString = connectionString;
        this.timeProvider = timeProvider;
        parts = new StateParts(connectionString, domain);
        positions = new PositionKeeper(connectionString, domain);
        local = new Destination(lanes.TakeAsync);
        router = new LaneRouter(local, FindLanesAsync, positions, options, timeProvider);
        host = SiloHost.Make(options, connectionString, lanes, died);
    }

    /// <summary>Address and number of this start, as the store knows the node.</summary>
    public string Name => Status.SiloAddress.ToParsableString();

    /// <summary>Lanes that this node is to own by the nodes that it knows.</summary>
    public IReadOnlyList<int> Assigned => assigned;

    private ILocalSiloDetails Status => host.Services.GetRequiredService<ILocalSiloDetails>();

    private IClusterMembershipService Membership => host.Services.GetRequiredService<IClusterMembershipService>();

    /// <summary>Joins the cluster.</summary>
    /// <param name="changed">Told when the lanes that this node is to own have changed.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task StartAsync(Action changed, CancellationToken cancellationToken)
    {
        await host.StartAsync(cancellationToken).ConfigureAwait(false);
        Assign(Membership.CurrentSnapshot, () => { });
        work.Add(Task.Run(() => WatchAsync(changed), CancellationToken.None));
        work.Add(Task.Run(() => RepeatAsync(WritePositionsEvery, positions.WriteAsync), CancellationToken.None));
        work.Add(Task.Run(() => RepeatAsync(options.ReadCountsEvery, ReadCountsAsync), CancellationToken.None));
    }

    /// <inheritdoc/>
    public IIntake Join(IIntake local)
    {
        lanes.Open(local);
        return router;
    }

    /// <inheritdoc/>
    public async Task<LaneShare?> ShareAsync(CancellationToken cancellationToken)
    {
        HashSet<string> living = [.. Membership.CurrentSnapshot.Members.Values
            .Where(member => member.Status is not (SiloStatus.Dead or SiloStatus.None))
            .Select(member => member.SiloAddress.ToParsableString()), Name];
        int part = await parts.ClaimAsync(Name, living, cancellationToken).ConfigureAwait(false);
        return new LaneShare(assigned, part);
    }

    /// <inheritdoc/>
    public void Began(IDomainEngine engine, StatePart part, IReadOnlyList<int> owned)
    {
        lock (stop)
        {
            counting = (engine, part.Number);
            countsStamp = -1;
            fresh = null;
        }

        options.Report?.Invoke($"This node owns {owned.Count} lanes and counts in part {part.Number}.");
    }

    /// <inheritdoc/>
    public IOtherCounts? TakeCounts()
    {
        refusals = 0;
        return Volatile.Read(ref fresh) is null ? null : Interlocked.Exchange(ref fresh, null);
    }

    /// <inheritdoc/>
    public async Task LostAsync(Exception cause, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(cause);
        options.Report?.Invoke(cause is FencedException
            ? "Another node has taken lanes of this one: it takes its share again."
            : $"A row was refused, perhaps because another node has stored it: this node takes its share again. {cause.Message}");
        if (cause is BatchRefusedException && ++refusals > MostRefusalsInRow) throw new InvalidOperationException(cause.Message, cause);
        await Task.Delay(PauseAfterLoss, timeProvider, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task DrainAsync()
    {
        await router.DrainAsync().ConfigureAwait(false);
        try
        {
            await positions.WriteAsync(stop.Token).ConfigureAwait(false);
        }
        catch (Exception error) when (TransientErrors.IsTransient(error))
        {
            // What they have not moved past is read again, and known.
        }
    }

    /// <inheritdoc/>
    public void Abandon(Exception cause) => router.Abandon(cause);

    /// <summary>Leaves the cluster: others take the lanes.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref isDisposed, true)) return;
        await stop.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(work).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        router.Dispose();
        if (work.Count > 0)
        {
            await host.StopAsync(CancellationToken.None).ConfigureAwait(false);
            await LeavePartAsync().ConfigureAwait(false);
        }

        host.Dispose();
        stop.Dispose();
    }

    private async Task LeavePartAsync()
    {
        try
        {
            await parts.LeaveAsync(Name, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception error) when (TransientErrors.IsTransient(error))
        {
            // Its owner is no member any more, which frees it as well.
        }
    }

    private async Task WatchAsync(Action changed)
    {
        try
        {
            await foreach (ClusterMembershipSnapshot snapshot in Membership.MembershipUpdates.WithCancellation(stop.Token).ConfigureAwait(false))
                Assign(snapshot, changed);
        }
        catch (OperationCanceledException)
        {
            // The node stops.
        }
    }

    private void Assign(ClusterMembershipSnapshot snapshot, Action changed)
    {
        ClusterMember[] active = [.. snapshot.Members.Values
            .Where(member => member.Status == SiloStatus.Active)
            .OrderBy(member => member.SiloAddress.ToParsableString(), StringComparer.Ordinal)];
        int[] owners = LaneAssignment.Make([.. active.Select(member => member.SiloAddress.ToParsableString())]);
        Destination[] byLane = [.. owners.Select(owner => DestinationOf(active[owner].SiloAddress))];
        int[] own = [.. Enumerable.Range(0, byLane.Length).Where(lane => byLane[lane] == local)];
        router.Assign(byLane);
        int[] before = [.. assigned];
        if (own.SequenceEqual(before)) return;
        assigned = own;
        options.Report?.Invoke(
            $"{active.Length} nodes live. Lanes that come here: {Text(own.Except(before))}; that go: {Text(before.Except(own))}.");
        changed();
    }

    /// <summary>Lanes in ascending order, with the neighbours among them as ranges.</summary>
    private static string Text(IEnumerable<int> lanes)
    {
        var ranges = new List<(int From, int To)>();
        foreach (int lane in lanes)
        {
            if (ranges.Count > 0 && ranges[^1].To == lane - 1) ranges[^1] = (ranges[^1].From, lane);
            else ranges.Add((lane, lane));
        }

        return ranges.Count == 0 ? "none" : string.Join(' ', ranges.Select(range => range.From == range.To ? $"{range.From}" : $"{range.From}-{range.To}"));
    }

    private Destination DestinationOf(SiloAddress node)
    {
        if (node.Equals(Status.SiloAddress)) return local;
        lock (remotes)
        {
            if (remotes.TryGetValue(node, out Destination? known)) return known;
            INodeService service = host.Services.GetRequiredService<NodeClient>().Of(node);
            var destination = new Destination(async items => OutcomeCodec.Read(await service.TakeAsync(ItemCodec.Write(items)).ConfigureAwait(false)));
            remotes.Add(node, destination);
            return destination;
        }
    }

    private async Task<IReadOnlyList<int>> FindLanesAsync(IReadOnlyList<Label> labels)
    {
        UInt128[] keys = [.. labels.Select(label => UidHash.Compute(label.Domain, label.EventUid))];
        await using MySqlConnection connection = await StoreSession.OpenAsync(connectionString, stop.Token).ConfigureAwait(false);
        Dictionary<UInt128, EventKey> found = await new EventKeyStore().FindAsync(connection, [.. keys.Distinct()], stop.Token).ConfigureAwait(false);
        return [.. keys.Select(key => found.TryGetValue(key, out EventKey stored) ? stored.Lane : RoutedItem.NoLane)];
    }

    private async Task ReadCountsAsync(CancellationToken cancellationToken)
    {
        (IDomainEngine Engine, int Part)? now;
        lock (stop) now = counting;
        if (now is not { } asked) return;
        long stamp = await parts.ReadStampAsync(asked.Part, cancellationToken).ConfigureAwait(false);
        lock (stop)
            if (stamp == countsStamp) return;
        IOtherCounts? counts = await new EntityStateStore(connectionString).ReadOthersAsync(asked.Engine, asked.Part, cancellationToken).ConfigureAwait(false);
        lock (stop)
        {
            if (counting?.Engine != asked.Engine) return;
            countsStamp = stamp;
            Volatile.Write(ref fresh, counts);
        }
    }

    private async Task RepeatAsync(TimeSpan every, Func<CancellationToken, Task> doIt)
    {
        try
        {
            using var timer = new PeriodicTimer(every, timeProvider);
            while (await timer.WaitForNextTickAsync(stop.Token).ConfigureAwait(false))
            {
                try
                {
                    await doIt(stop.Token).ConfigureAwait(false);
                }
                catch (Exception error) when (TransientErrors.IsTransient(error))
                {
                    // The pipeline reports an outage, and the next time comes soon.
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The node stops.
        }
    }
}
