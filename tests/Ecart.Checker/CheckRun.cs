using Ecart.Checker.Brokers;
using Ecart.Checker.Comparing;
using Ecart.Checker.Faults;
using Ecart.Checker.Producing;
using Ecart.Checker.Service;
using Ecart.Domains.Transactions;
using Ecart.MariaDb.Schema;
using Ecart.TestKit;

namespace Ecart.Checker;

/// <summary>One check from an empty database to the comparison.</summary>
internal sealed class CheckRun : IAsyncDisposable
{
    private static readonly TimeSpan Held = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Full = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(200);
    private readonly CheckOptions options;
    private readonly Action<string> tell;
    private readonly TimeProvider timeProvider;
    private readonly CheckedDatabase database;
    private readonly ICheckedBroker? broker;
    private readonly LossyProxy proxy;
    private readonly ServiceCommand command;
    private readonly Dictionary<Fault, int> faults = [];
    private readonly Findings ended = new();
    private ServiceProcess service;
    private int cutsWanted;
    private int cutsDone;

    private CheckRun(
        CheckOptions options, CheckedDatabase database, ICheckedBroker? broker, string home, Action<string> tell, TimeProvider timeProvider)
    {
        this.options = options;
        this.database = database;
        this.broker = broker;
        this.tell = tell;
        this.timeProvider = timeProvider;
        proxy = new LossyProxy(database.ConnectionString, _ => LossOfNext());
        command = new ServiceCommand(options, home, proxy.ConnectionString, broker?.Configuration);
        service = command.Start();
    }

    /// <summary>Runs a check.</summary>
    /// <param name="options">What to produce and to break.</param>
    /// <param name="home">An empty folder.</param>
    /// <param name="tell">Told of every fault.</param>
    /// <param name="timeProvider">The clock.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<CheckResult> RunAsync(
        CheckOptions options, string home, Action<string> tell, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        await using CheckedDatabase database = await CheckedDatabase.StartSmallAsync(
            options.Database ?? Path.Combine(home, "mariadb"), cancellationToken);
        if (options.FullDisks > 0 && !FullDisk.IsPossible(database.Folder))
            throw new InvalidOperationException($"{database.Folder} is not on a small disk of its own: mount a tmpfs there to have it filled.");
        await new SchemaMigrator().MigrateAsync(database.ConnectionString, false, null, cancellationToken);
        await using ICheckedBroker? broker = await StartBrokerAsync(options, home, timeProvider, cancellationToken);
        await using var run = new CheckRun(options, database, broker, home, tell, timeProvider);
        return await run.CheckAsync(cancellationToken);
    }

    /// <summary>Starts the broker that a way in needs; null when it needs none.</summary>
    public static async Task<ICheckedBroker?> StartBrokerAsync(
        CheckOptions options, string home, TimeProvider timeProvider, CancellationToken cancellationToken) => options.Producer switch
        {
            ProducerKind.Kafka => await KafkaUnderTest.StartAsync(options, timeProvider),
            ProducerKind.Mqtt => await MqttUnderTest.StartAsync(home, options, timeProvider, cancellationToken),
            _ => null,
        };

    public async ValueTask DisposeAsync()
    {
        service.Dispose();
        await proxy.DisposeAsync();
    }

    private async Task<CheckResult> CheckAsync(CancellationToken cancellationToken)
    {
        List<ProducedItem> items = ProducedStream.Make(options);
        long started = timeProvider.GetTimestamp();
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task guarding = GuardAsync(over.Token);
        await using (IProducer producer = broker?.MakeProducer(database, timeProvider) ?? command.MakeProducer(database, timeProvider))
        {
            await ProduceAsync(producer, items, cancellationToken);
            tell("all is produced");
            await WaitUntilStoredAsync(producer, items, cancellationToken);
        }

        tell("all is stored");
        TimeSpan time = timeProvider.GetElapsedTime(started);
        await over.CancelAsync();
        await guarding.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await StopServiceAsync(cancellationToken);

        TransactionOptions domain = options.Producer == ProducerKind.Live ? PipelineProgram.Options : TransactionOptions.Default;
        var comparison = new StoreComparison(database, cancellationToken);
        Findings findings = await comparison.RunAsync(items, options, domain);
        if (broker is not null) await broker.CompareAsync(database, findings, cancellationToken);
        foreach (string line in ended.Lines) findings.Add("service", line);
        faults[Fault.CutCommit] = Volatile.Read(ref cutsDone);
        return new CheckResult(options, items.Count, comparison.Events, comparison.Labels, comparison.Alerts, faults, time, findings);
    }

    private async Task ProduceAsync(IProducer producer, List<ProducedItem> items, CancellationToken cancellationToken)
    {
        var schedule = new Queue<(int After, Fault Fault)>(FaultSchedule.Make(options, items.Count));
        int portion = options.Rate > 0 ? Math.Max(1, (int)(options.Rate / 20)) : 500;
        long started = timeProvider.GetTimestamp();
        Task breaking = Task.CompletedTask;
        for (int i = 0; i < items.Count; i += portion)
        {
            while (schedule.TryPeek(out (int After, Fault Fault) next) && next.After <= i)
            {
                // Faults come one after the other, while producing goes on; only the producer of HTTP waits for the service.
                Fault fault = schedule.Dequeue().Fault;
                breaking = BreakAfterAsync(breaking, fault, cancellationToken);
            }

            await producer.ProduceAsync(items.GetRange(i, Math.Min(portion, items.Count - i)), cancellationToken);
            if (options.Rate <= 0) continue;
            TimeSpan early = TimeSpan.FromSeconds((i + portion) / options.Rate) - timeProvider.GetElapsedTime(started);
            if (early > TimeSpan.Zero) await Task.Delay(early, timeProvider, cancellationToken);
        }

        tell("the last item, but for what is held back");
        await breaking;
        await producer.FinishAsync(cancellationToken);
    }

    private async Task BreakAfterAsync(Task before, Fault fault, CancellationToken cancellationToken)
    {
        await before;
        tell($"{fault}");
        if (fault == Fault.CutCommit)
        {
            Interlocked.Increment(ref cutsWanted);
            return;
        }

        await BreakAsync(fault, cancellationToken);
        faults[fault] = faults.GetValueOrDefault(fault) + 1;
    }

    private async Task BreakAsync(Fault fault, CancellationToken cancellationToken)
    {
        switch (fault)
        {
            case Fault.KillService:
                await RestartServiceAsync(cancellationToken);
                break;
            case Fault.KillServer:
                await database.KillAsync(cancellationToken);
                break;
            case Fault.PauseService:
                ServiceProcess held = service;
                await held.SignalAsync("STOP", cancellationToken);
                await Task.Delay(Held, timeProvider, cancellationToken);
                await held.SignalAsync("CONT", cancellationToken);
                break;
            case Fault.KillConnections:
                await database.KillConnectionsAsync(cancellationToken);
                break;
            case Fault.FillDisk:
                await FullDisk.HoldAsync(database.Folder, Full, timeProvider, cancellationToken);
                break;
            case Fault.BrokerOutage or Fault.BrokerErrors or Fault.Rebalances:
                await broker!.SufferAsync(fault, cancellationToken);
                break;
        }
    }

    private async Task RestartServiceAsync(CancellationToken cancellationToken)
    {
        ServiceProcess old = service;
        await old.KillAsync(cancellationToken);
        service = command.Start();
        old.Dispose();
    }

    /// <summary>A service that ends by itself is started again, as whatever runs it in life would, and told of.</summary>
    private async Task GuardAsync(CancellationToken cancellationToken)
    {
        for (; ; )
        {
            await Task.Delay(LookAgain, timeProvider, cancellationToken);
            ServiceProcess watched = service;
            if (!watched.HasExitedByItself || watched != service) continue;
            ended.Add("ended by itself", watched.LastWords);
            tell($"the service ended by itself: {watched.LastWords}");
            service = command.Start();
        }
    }

    /// <summary>Waits for the last event, label and rejected record, for as long as something becomes durable.</summary>
    private async Task WaitUntilStoredAsync(IProducer producer, List<ProducedItem> items, CancellationToken cancellationToken)
    {
        const string Progress = "SELECT (SELECT COUNT(*) FROM event_keys) + (SELECT COUNT(*) FROM event_labels) + (SELECT COUNT(*) FROM rejected_events)";
        long events = items.Where(item => item.Event is not null).Select(item => item.Event!.EventUid).Distinct(StringComparer.Ordinal).LongCount();
        long rejected = items.LongCount(item => item.Unreadable is not null);
        string complete = $"SELECT (SELECT COUNT(*) FROM event_keys) >= {events} AND (SELECT COUNT(*) FROM rejected_events) >= {rejected}"
            + (options.Producer == ProducerKind.Kafka ? " AND NOT EXISTS (SELECT * FROM rejected_events WHERE dead_lettered_at IS NULL)" : "");
        long last = -1;
        long changed = timeProvider.GetTimestamp();
        while (timeProvider.GetElapsedTime(changed) < options.Patience)
        {
            if (await producer.IsReadAsync(cancellationToken) && await database.CountAsync(complete, cancellationToken) == 1) return;
            long stored = await database.CountAsync(Progress, cancellationToken);
            if (stored != last) changed = timeProvider.GetTimestamp();
            last = stored;
            await Task.Delay(LookAgain, timeProvider, cancellationToken);
        }

        ended.Add(
            "gave up waiting",
            $"{await database.CountAsync("SELECT COUNT(*) FROM event_keys", cancellationToken):N0} of {events:N0} events are durable, "
            + $"and nothing more for {options.Patience.TotalSeconds:F0} s");
    }

    private async Task StopServiceAsync(CancellationToken cancellationToken)
    {
        await service.SignalAsync("TERM", cancellationToken);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(options.Patience);
        try
        {
            await service.WaitAsync(deadline.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            ended.Add("does not stop", $"after SIGTERM and {options.Patience.TotalSeconds:F0} s");
        }
    }

    /// <summary>Every other cut comes after the COMMIT has taken effect.</summary>
    private LossyProxy.Loss LossOfNext()
    {
        int wanted = Volatile.Read(ref cutsWanted);
        if (wanted <= Volatile.Read(ref cutsDone)) return LossyProxy.Loss.None;
        return Interlocked.Increment(ref cutsDone) % 2 == 0 ? LossyProxy.Loss.BeforeServer : LossyProxy.Loss.BeforeAnswer;
    }
}
