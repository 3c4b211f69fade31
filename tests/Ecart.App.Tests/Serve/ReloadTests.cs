using Ecart.App.Domains;
using System.Net;
using Ecart.App.Serve;
using Ecart.App.Store;
using Ecart.Detection;
using Ecart.Domains.Transactions;
using Ecart.MariaDb.Configuration;
using Ecart.MariaDb.Schema;
using Ecart.MariaDb.Writing;
using Ecart.Scoring;
using Ecart.TestKit;
using Xunit;

namespace Ecart.App.Tests.Serve;

/// <summary>What people change in the store reaches a service that runs.</summary>
public sealed class ReloadTests(MariaDbFixture server)
{
    private const string Events = "/v1/events";

    [Fact]
    public async Task Configure_RatesRoutesAndThreshold_TakeEffectWithoutARestart()
    {
        await using RunningService service = await RunningService.StartAsync(server);
        HttpAnswer unknown = await service.PostAsync(Events, InDollars("E1"));
        await service.ConfigureAsync(TransactionOptions.Default with
        {
            ExchangeRates = new Dictionary<string, decimal> { ["USD"] = 0.5m },
            Routes = new RouteOptions { Low = "cellar", Medium = "cellar", High = "cellar", Critical = "cellar" },
            Severity = TransactionOptions.Default.Severity with { Low = 0.35, Flag = 0.4 },
        });

        HttpAnswer known = await service.PostAsync(Events, InDollars("E2"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, unknown.Status);
        Assert.Equal(HttpStatusCode.OK, known.Status);
        Assert.Equal(1, await service.CountAsync("SELECT COUNT(*) FROM financial_transactions WHERE transaction_id = 'E2' AND scored_amount = 60000"));
        Assert.Equal(1, await service.CountAsync("SELECT COUNT(*) FROM alert_outbox WHERE event_uid = 'E2' AND route = 'cellar'"));
        Assert.Equal(1, await service.CountAsync("SELECT COUNT(*) FROM anomaly_alerts WHERE event_uid = 'E2' AND explanation LIKE '%0.4%'"));
    }

    [Fact]
    public async Task MakeEngine_SettingsThatCannotBeUsed_KeepsTheLastOnes()
    {
        string database = await server.CreateDatabaseAsync("reload", Cancellation);
        await new SchemaMigrator().MigrateAsync(database, false, null, Cancellation);
        var configuration = new ConfigurationStore(database);
        await configuration.EnsureDefaultAsync(
            TransactionEvent.DomainName, TransactionOptionsJson.Serialize(TransactionOptions.Default), Cancellation);
        // The fixture owns the server.
        var store = new OpenStore(null!, database, RowFormat.LoadData, ServedDomains.Default, new TransactionSettings(TransactionOptions.Default), 1, ReferencePatterns.Empty);
        var watch = new ConfigurationWatch(store, new StoreState(), TimeSpan.FromSeconds(1));
        var versions = new List<int>();
        foreach (double flag in new[] { 0.5, 7, 0.6 })
        {
            if (flag != 0.5) await ActivateAsync(configuration, flag);
            versions.Add(((TransactionEngine)await watch.MakeEngineAsync(Cancellation)).ConfigurationVersion);
        }

        await ActivateAsync(configuration, 7);
        var fresh = new ConfigurationWatch(store, new StoreState(), TimeSpan.FromSeconds(1));

        Assert.Equal([1, 1, 3], versions);
        await Assert.ThrowsAsync<OptionsException>(() => fresh.MakeEngineAsync(Cancellation));
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static Task<int> ActivateAsync(ConfigurationStore configuration, double flag) => configuration.AddVersionAsync(
        TransactionEvent.DomainName,
        TransactionOptionsJson.Serialize(TransactionOptions.Default with { Severity = TransactionOptions.Default.Severity with { Flag = flag } }),
        "test",
        "test",
        activate: true,
        Cancellation);

    private static string InDollars(string uid) =>
        Posted.Event(uid, amount: 120_000, account: "dollars").Replace("\"channel\"", "\"currency\": \"USD\", \"channel\"", StringComparison.Ordinal);
}
