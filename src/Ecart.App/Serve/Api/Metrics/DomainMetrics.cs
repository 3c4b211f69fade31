using System.Collections.Concurrent;
using Ecart.App.Calibration;
using Ecart.App.Domains;
using Ecart.App.Store;
using Ecart.App.Terminal;
using Ecart.Calibration;
using Ecart.Detection;
using Ecart.Domains.Iot;
using Ecart.Domains.Network;
using Ecart.Domains.UserBehavior;
using Ecart.MariaDb.Configuration;
using Ecart.MariaDb.Metrics;
using Ecart.MariaDb.Writing;
using Ecart.Scoring;

namespace Ecart.App.Serve.Api.Metrics;

/// <summary>
/// The metrics of the domains of a store: totals are kept up in the background, and what was read is kept for a minute, so that nobody waits for a count over
/// millions of rows. Thread-safe.
/// </summary>
internal sealed class DomainMetrics(string connectionString, TimeProvider time) : IDisposable
{
    /// <summary>Most days that are read.</summary>
    public const int MostDays = 366;

    /// <summary>Inputs that tell the day of the week: one day differs from a month in them by nature.</summary>
    private static readonly string[] OfTheCalendar = ["day_sin", "day_cos", "weekend"];

    private const int Sampled = 2000;
    private const int MostKept = 100;
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan DriftKept = TimeSpan.FromMinutes(10);

    /// <summary>As long as a person waits for totals that are behind.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(150);
    private readonly MetricsStore store = new(connectionString);
    private readonly ConfigurationStore configuration = new(connectionString);
    private readonly ConcurrentDictionary<(string Domain, int Days), MetricsReport> kept = new();
    private readonly ConcurrentDictionary<string, Task> catchingUp = new();
    private readonly CancellationTokenSource stop = new();

    /// <summary>Domains that there are.</summary>
    public Task<IReadOnlyList<string>> ReadDomainsAsync(CancellationToken cancellationToken) => store.ReadDomainsAsync(cancellationToken);

    /// <summary>Days and health of a domain.</summary>
    /// <exception cref="CalibrationFault">There is no such domain, or the number of days is out of its range.</exception>
    public async Task<MetricsReport> ReadAsync(string domainName, int days, CancellationToken cancellationToken)
    {
        if (days is < 1 or > MostDays) throw new CalibrationFault("days", $"{days}", $"Give a number of days from 1 to {MostDays}.");
        DateTime now = time.GetUtcNow().UtcDateTime;
        if (kept.TryGetValue((domainName, days), out MetricsReport? known) && known.IsComplete && now - known.ReadAt < Kept) return known;
        (IServedDomain domain, IDomainSettings settings) = await OpenAsync(domainName, cancellationToken).ConfigureAwait(false);
        bool isComplete = await new DailyTotals(connectionString, domain.MakeTable()).RefreshAsync(Patience, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<FeatureDrift> drift = await store.ReadFeatureDriftAsync(domainName, cancellationToken).ConfigureAwait(false);
        if (!isComplete || drift.Count == 0 || now - drift[0].MeasuredAt > DriftKept) CatchUp(domain, settings);
        var report = new MetricsReport(
            domainName,
            await store.ReadDaysAsync(domainName, days, cancellationToken).ConfigureAwait(false),
            await store.ReadScoreDriftAsync(domainName, cancellationToken).ConfigureAwait(false),
            drift,
            isComplete,
            now);
        if (kept.Count > MostKept) kept.Clear();
        if (drift.Count > 0) kept[(domainName, days)] = report;
        return report;
    }

    /// <summary>Counts what is behind and measures the inputs of a domain, now and to the end.</summary>
    public async Task BringUpAsync(string domainName, CancellationToken cancellationToken)
    {
        (IServedDomain domain, IDomainSettings settings) = await OpenAsync(domainName, cancellationToken).ConfigureAwait(false);
        await BringUpAsync(domain, settings, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Keeps the totals of a domain up until it is disposed.</summary>
    public async Task KeepUpAsync(string domainName)
    {
        using var timer = new PeriodicTimer(Kept, time);
        try
        {
            do
            {
                try
                {
                    (IServedDomain domain, _) = await OpenAsync(domainName, stop.Token).ConfigureAwait(false);
                    await new DailyTotals(connectionString, domain.MakeTable()).RefreshAsync(TimeSpan.MaxValue, stop.Token).ConfigureAwait(false);
                }
                catch (Exception error) when (TransientErrors.IsTransient(error))
                {
                    // The next time comes soon, and the pipeline tells of a store that is away.
                }
            }
            while (await timer.WaitForNextTickAsync(stop.Token).ConfigureAwait(false));
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The service ends.
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        stop.Cancel();
        stop.Dispose();
    }

    private void CatchUp(IServedDomain domain, IDomainSettings settings)
    {
        if (catchingUp.TryGetValue(domain.Name, out Task? running) && !running.IsCompleted) return;
        CancellationToken cancellationToken = stop.Token;
        catchingUp[domain.Name] = Task.Run(
            async () =>
            {
                try
                {
                    await BringUpAsync(domain, settings, cancellationToken).ConfigureAwait(false);
                }
                catch (Exception error) when (error is not OperationCanceledException)
                {
                    Output.Warning($"the metrics of {domain.Name} could not be brought up to date: {error.Message}");
                }
            },
            cancellationToken);
    }

    private async Task BringUpAsync(IServedDomain domain, IDomainSettings settings, CancellationToken cancellationToken)
    {
        await new DailyTotals(connectionString, domain.MakeTable()).RefreshAsync(TimeSpan.MaxValue, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<FeatureDrift> drift = await MeasureAsync(domain, settings, cancellationToken).ConfigureAwait(false);
        if (drift.Count > 0) await store.KeepFeatureDriftAsync(domain.Name, drift, cancellationToken).ConfigureAwait(false);
    }

    private async Task<IReadOnlyList<FeatureDrift>> MeasureAsync(IServedDomain domain, IDomainSettings settings, CancellationToken cancellationToken)
    {
        IEventTable table = domain.MakeTable();
        bool hasLayout = table.ReadColumns.Any(column => column.Contains("layout_embedding", StringComparison.Ordinal));
        var sample = new FeatureSample(connectionString, table, hasLayout);
        DateTime now = time.GetUtcNow().UtcDateTime;
        (DateOnly day, IReadOnlyList<float[]> newest, IReadOnlyList<float[]> before) = await sample.DrawAsync(Sampled, (ulong)now.Ticks, cancellationToken).ConfigureAwait(false);
        if (newest.Count == 0 || before.Count == 0) return [];
        IReadOnlyList<string> names = NamesOf(domain, settings);
        int width = Math.Min(newest.Min(vector => vector.Length), before.Min(vector => vector.Length));
        var measured = new List<FeatureDrift>();
        for (int feature = 0; feature < width; feature++)
        {
            float[] was = [.. before.Select(vector => vector[feature])];
            float[] present = [.. newest.Select(vector => vector[feature])];
            if (was.Concat(present).Distinct().Count() < 2) continue;
            string name = feature < names.Count ? names[feature] : $"feature_{feature}";
            if (OfTheCalendar.Contains(name)) continue;
            measured.Add(new FeatureDrift(name, StabilityIndex.Of(was, present), was.Average(), present.Average(), was.Length, present.Length, day, now));
        }

        return measured;
    }

    private static IReadOnlyList<string> NamesOf(IServedDomain domain, IDomainSettings settings) => settings switch
    {
        IotSettings => IotLayout.FeatureNames,
        NetworkSettings => NetworkLayout.Names,
        UserBehaviorSettings => UserBehaviorLayout.FeatureNames,
        _ => domain.Reproduction?.FeatureNames(settings.MakeEngine(1, ReferencePatterns.Empty, DomainModels.None)) ?? [],
    };

    private async Task<(IServedDomain Domain, IDomainSettings Settings)> OpenAsync(string name, CancellationToken cancellationToken)
    {
        if (ServedDomains.Find(name) is not { } domain || await configuration.GetActiveAsync(name, cancellationToken).ConfigureAwait(false) is not { } active)
            throw new CalibrationFault(null, name, "There is no domain of that name: 'ecart domains list' tells those that there are.");
        return (domain, domain.Read(active.Settings));
    }
}
