using Ecart.Checker.Brokers;
using Ecart.Checker.Producing;
using Ecart.Checker.Service;
using Ecart.MariaDb.Schema;
using Ecart.Simulation;

namespace Ecart.Checker.Soak;

/// <summary>One soak: a service with its database, fed for long at a share of what it can take, and watched.</summary>
internal sealed class SoakRun : IDisposable
{
    private const int Portion = 500;
    private const double PortionsASecond = 20;

    /// <summary>So many that ten years of a thousand accounts last for 20 minutes at 36,000 events a second.</summary>
    private const double TransactionsPerDay = 12;
    private const int Days = 3650;

    /// <summary>Longest that a service which has something to do may do nothing.</summary>
    private static readonly TimeSpan StandStill = TimeSpan.FromMinutes(2);

    /// <summary>Events that may wait while capacity is measured: a file takes any number, and all of them must be read before feeding begins.</summary>
    private const long MostAhead = 50_000;
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(100);
    private readonly SoakOptions options;
    private readonly CheckedDatabase database;
    private readonly ServiceProcess service;
    private readonly ServiceMetrics metrics;
    private readonly IProducer producer;
    private readonly TimeProvider timeProvider;
    private readonly IEnumerator<ProducedItem> stream;
    private readonly List<Sample> samples = [];
    private long produced;
    private double durable;

    private SoakRun(
        SoakOptions options, CheckedDatabase database, ServiceProcess service, ServiceMetrics metrics, IProducer producer, TimeProvider timeProvider)
    {
        this.options = options;
        this.database = database;
        this.service = service;
        this.metrics = metrics;
        this.producer = producer;
        this.timeProvider = timeProvider;
        stream = Events().GetEnumerator();
    }

    /// <summary>Runs a soak.</summary>
    /// <param name="options">What to do.</param>
    /// <param name="home">An empty folder.</param>
    /// <param name="tell">Told of every step.</param>
    /// <param name="timeProvider">The clock.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<SoakResult> RunAsync(
        SoakOptions options, string home, Action<string> tell, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        if (options.Producer == ProducerKind.Live) throw new InvalidOperationException("A soak watches the whole service: use --producer kafka, mqtt, http or file.");
        var check = new CheckOptions { Producer = options.Producer, BatchSize = 5000, BrokerErrors = 0, BrokerOutages = 0 };
        await using CheckedDatabase database = await CheckedDatabase.StartLargeAsync(Path.Combine(home, "mariadb"), cancellationToken);
        await new SchemaMigrator().MigrateAsync(database.ConnectionString, false, null, cancellationToken);
        await using ICheckedBroker? broker = await CheckRun.StartBrokerAsync(check, home, timeProvider, cancellationToken);
        var command = new ServiceCommand(check, home, database.ConnectionString, broker?.Configuration);
        using ServiceProcess service = command.Start();
        using var metrics = new ServiceMetrics(command.Address);
        await metrics.WaitUntilReadyAsync(timeProvider, cancellationToken);
        await using IProducer producer = broker?.MakeProducer(database, timeProvider) ?? command.MakeProducer(database, timeProvider);
        using var run = new SoakRun(options, database, service, metrics, producer, timeProvider);
        return await run.SoakAsync(tell, cancellationToken);
    }

    public void Dispose() => stream.Dispose();

    private async Task<SoakResult> SoakAsync(Action<string> tell, CancellationToken cancellationToken)
    {
        double capacity = await MeasureAsync(cancellationToken);
        double rate = capacity * options.Load;
        tell($"capacity {capacity:N0} events/s; feeding {rate:N0} events/s for {options.Time.TotalMinutes:F1} min");
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task sampling = SampleAsync(over.Token);
        await FeedAsync(rate, cancellationToken);
        await over.CancelAsync();
        await sampling;
        await producer.FinishAsync(cancellationToken);
        await WaitUntilDurableAsync(cancellationToken);
        long stored = await database.CountAsync("SELECT COUNT(*) FROM event_keys", cancellationToken);
        return new SoakResult(options, capacity, rate, produced, stored, samples);
    }

    /// <summary>Full speed for a while, then everything becomes durable before feeding begins.</summary>
    private async Task<double> MeasureAsync(CancellationToken cancellationToken)
    {
        long started = timeProvider.GetTimestamp();
        TimeSpan warmUp = options.Measuring / 3;
        while (timeProvider.GetElapsedTime(started) < warmUp) await ProduceAheadAsync(cancellationToken);
        (double before, _) = await metrics.ReadAsync(cancellationToken);
        long counted = timeProvider.GetTimestamp();
        while (timeProvider.GetElapsedTime(started) < options.Measuring) await ProduceAheadAsync(cancellationToken);
        (double after, _) = await metrics.ReadAsync(cancellationToken);
        double capacity = (after - before) / timeProvider.GetElapsedTime(counted).TotalSeconds;
        await WaitUntilDurableAsync(cancellationToken);
        return capacity;
    }

    private async Task ProduceAheadAsync(CancellationToken cancellationToken)
    {
        if (produced - durable > MostAhead) durable = (await metrics.ReadAsync(cancellationToken)).Events;
        if (produced - durable > MostAhead) await Task.Delay(LookAgain, timeProvider, cancellationToken);
        else await ProduceAsync(Portion, cancellationToken);
    }

    private async Task FeedAsync(double rate, CancellationToken cancellationToken)
    {
        long started = timeProvider.GetTimestamp();
        double fed = 0;
        for (TimeSpan elapsed; (elapsed = timeProvider.GetElapsedTime(started)) < options.Time;)
        {
            // What is due by the clock, however late it is: a slow service is not spared.
            int due = (int)((elapsed.TotalSeconds * rate) - fed);
            if (due > 0) await ProduceAsync(due, cancellationToken);
            fed += Math.Max(0, due);
            TimeSpan early = TimeSpan.FromSeconds(1 / PortionsASecond) - (timeProvider.GetElapsedTime(started) - elapsed);
            if (early > TimeSpan.Zero) await Task.Delay(early, timeProvider, cancellationToken);
        }
    }

    private async Task SampleAsync(CancellationToken cancellationToken)
    {
        long started = timeProvider.GetTimestamp();
        try
        {
            while (!cancellationToken.IsCancellationRequested)
            {
                (double events, double managed) = await metrics.ReadAsync(cancellationToken);
                double lag = Math.Max(0, Volatile.Read(ref produced) - events);
                samples.Add(new Sample(timeProvider.GetElapsedTime(started).TotalSeconds, lag, ServiceMetrics.ReadResident(service.Id), managed));
                await Task.Delay(options.Interval, timeProvider, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Feeding is over.
        }
    }

    private async Task WaitUntilDurableAsync(CancellationToken cancellationToken)
    {
        double reached = -1;
        long moved = timeProvider.GetTimestamp();
        for (double events; (events = (await metrics.ReadAsync(cancellationToken)).Events) < Volatile.Read(ref produced);)
        {
            if (events > reached) moved = timeProvider.GetTimestamp();
            reached = Math.Max(reached, events);
            if (timeProvider.GetElapsedTime(moved) > StandStill)
            {
                long refused = await database.CountAsync("SELECT COUNT(*) FROM rejected_events", cancellationToken);
                throw new InvalidOperationException(
                    $"Of {produced:N0} events {events:N0} are stored, {refused:N0} are rejected, and nothing moves: see service.log and table rejected_events.");
            }

            await Task.Delay(LookAgain, timeProvider, cancellationToken);
        }
    }

    private async Task ProduceAsync(int count, CancellationToken cancellationToken)
    {
        var items = new List<ProducedItem>(count);
        while (items.Count < count && stream.MoveNext()) items.Add(stream.Current);
        if (items.Count < count) throw new InvalidOperationException("The stream has ended before the soak: give it more --accounts.");
        Interlocked.Add(ref produced, items.Count);
        await producer.ProduceAsync(items, cancellationToken);
    }

    private IEnumerable<ProducedItem> Events()
    {
        // Ends today: what lies in the future is rejected.
        DateTime start = timeProvider.GetUtcNow().UtcDateTime.Date.AddDays(-Days);
        var world = new TransactionSimulatorOptions
        {
            Seed = options.Seed,
            Accounts = options.Accounts,
            Start = start,
            Days = Days,
            TransactionsPerDay = TransactionsPerDay,
        };
        foreach (SimulatedTransaction simulated in new TransactionSimulator(world).Generate()) yield return new ProducedItem(simulated.Event, null);
    }
}
