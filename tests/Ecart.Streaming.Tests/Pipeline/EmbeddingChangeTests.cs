using Ecart.Domains.Transactions;
using Ecart.Embedding;
using Ecart.MariaDb.Configuration;
using Ecart.MariaDb.Models;
using Ecart.MariaDb.Reading;
using Ecart.MariaDb.Writing;
using Ecart.Scoring;
using Ecart.Streaming.Explanation;
using Ecart.Streaming.Pipeline;
using Ecart.Streaming.Sources;
using Ecart.Streaming.Tests.Live;
using Ecart.TestKit;
using Xunit;

namespace Ecart.Streaming.Tests.Pipeline;

/// <summary>A model is trained and put in force while events come, and taken back: every verdict names its version and can be made again.</summary>
public sealed class EmbeddingChangeTests(MariaDbFixture server)
{
    private const string Domain = TransactionEvent.DomainName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Reload_NewEmbeddingAndBack_NeverMixesVersionsAndReproducesEveryVerdict()
    {
        ReplayDatabase database = await ReplayDatabase.CreateAsync(server);
        await new ConfigurationStore(database.ConnectionString).EnsureDefaultAsync(Domain, TransactionOptionsJson.Serialize(database.Options), Cancellation);
        List<ReplayItem> items = CardStream.Mixed(31);
        var (first, second) = (items.Count / 2, items.Count * 4 / 5);
        await using LiveHarness live = await StartAsync(database);

        await EnterAsync(live, items.Take(first));
        int version = await TrainAsync(database);
        await ChangeAsync(database, live, version, "better");
        await EnterAsync(live, items.Take(second).Skip(first));
        await ChangeAsync(database, live, 0, "not better");
        await EnterAsync(live, items.Skip(second));
        await live.StopAsync();

        Assert.Equal(ModelStore.FirstVersion, version);
        Assert.Equal([(1, false), (101, true)], await VersionsAsync(database));
        await AssertReproducedAsync(database, 1, 101);
    }

    [Fact]
    public async Task RunAsync_BesideAReplay_MakesTheStateThatARebuildMakes()
    {
        ReplayDatabase database = await ReplayDatabase.CreateAsync(server);
        List<ReplayItem> items = CardStream.Mixed(32);
        Assert.False(await database.ReplayUntilAsync(items, items.Count / 2));
        int version = await TrainAsync(database);
        TransactionEngine engine = await MakeEngineAsync(database, version);
        var catchUp = new StateCatchUp(database.ConnectionString, new DomainStore(database.ConnectionString, static () => new TransactionTable()));
        Assert.True(await catchUp.RunAsync(engine, null, Cancellation) > 0);
        Assert.Equal(0, await catchUp.RunAsync(engine, null, Cancellation));
        await database.ReplayAsync(items);
        Assert.True(await catchUp.RunAsync(engine, null, Cancellation) > 0);
        string[] prepared = await StatesAsync(database, version);

        await new ProfileRebuild(database.ConnectionString, database.Options, 1, TimeProvider.System, engine.Models).RunAsync(null, Cancellation);

        Assert.Equal(prepared, await StatesAsync(database, version));
        Assert.Empty(await StatesAsync(database, 1));
        Assert.Equal(0, await database.CountAsync($"SELECT COUNT(*) FROM account_spending_profiles WHERE embedding_version <> {version}"));
    }

    [Fact]
    public async Task ReadAsync_LabelledAndFlaggedEvents_LeavesOutFraudAndWhatNobodyCleared()
    {
        ReplayDatabase database = await ReplayDatabase.CreateAsync(server);
        await database.ReplayAsync(CardStream.Mixed(33));
        await database.ExecuteAsync(
            """
            UPDATE financial_transactions SET is_flagged = TRUE, is_confirmed_fraud = FALSE ORDER BY lane, seq LIMIT 3;
            UPDATE financial_transactions SET is_flagged = FALSE, is_confirmed_fraud = TRUE ORDER BY lane DESC, seq DESC LIMIT 3
            """);
        var history = new NormalHistory(database.ConnectionString, new TransactionTable());

        NormalEvents all = await history.ReadLayoutAsync(TransactionLayout.Version, TimeSpan.FromDays(10_000), 1_000_000, null, Cancellation);
        NormalEvents some = await history.ReadLayoutAsync(TransactionLayout.Version, TimeSpan.FromDays(10_000), 100, null, Cancellation);

        long expected = await database.CountAsync(
            """
            SELECT COUNT(*) FROM financial_transactions
            WHERE NOT is_late AND ((NOT is_flagged AND is_confirmed_fraud IS NULL) OR is_confirmed_fraud = FALSE)
            """);
        Assert.Equal((expected, expected), (all.Available, all.Rows.Rows));
        Assert.True(all.From < all.Until);
        Assert.Equal((expected, 100), (some.Available, some.Rows.Rows));
        Assert.Equal(some.Rows.Values, (await history.ReadLayoutAsync(TransactionLayout.Version, TimeSpan.FromDays(10_000), 100, null, Cancellation)).Rows.Values);
    }

    private static async Task<LiveHarness> StartAsync(ReplayDatabase database) => await LiveHarness.StartAsync(
        database,
        async cancellation => new TransactionEngine(
            database.Options, 1, await new ModelLoader(database.ConnectionString).ReadInForceAsync(Domain, cancellation)));

    private static async Task EnterAsync(LiveHarness live, IEnumerable<ReplayItem> items)
    {
        await live.EnterAsync(items);
        await live.OutcomesAsync();
    }

    /// <summary>Prepares while the old version scores, puts in force, and lets the pipeline go over.</summary>
    private static async Task ChangeAsync(ReplayDatabase database, LiveHarness live, int version, string reason)
    {
        var catchUp = new StateCatchUp(database.ConnectionString, new DomainStore(database.ConnectionString, static () => new TransactionTable()));
        await catchUp.RunAsync(await MakeEngineAsync(database, version), null, Cancellation);
        await new ModelStore(database.ConnectionString).ActivateAsync(Domain, ModelSlot.Embedding, version, reason, "ann", Cancellation);
        live.Pipeline.Reload();
    }

    private static async Task<TransactionEngine> MakeEngineAsync(ReplayDatabase database, int version) => new(
        database.Options,
        1,
        new DomainModels { Embedding = await new ModelLoader(database.ConnectionString).ReadEmbeddingAsync(Domain, version, Cancellation) });

    private static async Task<int> TrainAsync(ReplayDatabase database)
    {
        NormalEvents normal = await new NormalHistory(database.ConnectionString, new TransactionTable()).ReadLayoutAsync(TransactionLayout.Version, TimeSpan.FromDays(1000), 10_000, null, Cancellation);
        PcaWhitening model = PcaWhitening.Fit(normal.Rows, PcaWhiteningOptions.Default, Cancellation);
        return await new ModelStore(database.ConnectionString).AddAsync(
            new ModelDescription(
                Domain, ModelSlot.Embedding, model.Kind, TransactionLayout.Version, EmbeddingModels.Format, normal.From, normal.Until, normal.Rows.Rows, null,
                "test", "ann"),
            model.Save(),
            Cancellation);
    }

    private static async Task<(int Version, bool HasLayout)[]> VersionsAsync(ReplayDatabase database)
    {
        List<(int, bool)> versions = [];
        foreach (int version in new[] { 1, 101, 102 })
        {
            if (await database.CountAsync($"SELECT COUNT(*) FROM financial_transactions WHERE embedding_version = {version}") == 0) continue;
            long layouts = await database.CountAsync($"SELECT COUNT(DISTINCT layout_embedding IS NULL) FROM financial_transactions WHERE embedding_version = {version}");
            Assert.Equal(1, layouts);
            versions.Add((version, await database.CountAsync(
                $"SELECT COUNT(*) FROM financial_transactions WHERE embedding_version = {version} AND layout_embedding IS NOT NULL") > 0));
        }

        return [.. versions];
    }

    private static async Task<string[]> StatesAsync(ReplayDatabase database, int version)
    {
        StoredRows rows = await database.ReadAsync();
        return [.. rows.ByTable["entity_state"].Where(row => row.Contains($" | {version} | ", StringComparison.Ordinal))];
    }

    private static async Task AssertReproducedAsync(ReplayDatabase database, params int[] versions)
    {
        var reproduction = new VerdictReproduction(database.ConnectionString);
        Dictionary<string, StoredVerdict> stored = await StoredVerdict.ReadAllAsync(database.ConnectionString);
        var seen = new HashSet<int>();
        foreach (string uid in stored.Keys.Order(StringComparer.Ordinal).Where((_, i) => i % 7 == 0))
        {
            ReproducedVerdict result = (await reproduction.RunAsync(uid, 3, Cancellation))!;
            Assert.True(result.HasSameScore && result.HasSameEmbedding, $"{uid}: {result.Stored.Score} stored, {result.Reproduced.Score} reproduced");
            Assert.Equal(result.Stored.Event.Verdict.EmbeddingVersion, result.Reproduced.EmbeddingVersion);
            if (!result.Reproduced.IsLate) Assert.Equal(result.Stored.Event.Verdict.DistanceToProfile, result.Reproduced.DistanceToProfile);
            seen.Add(result.Reproduced.EmbeddingVersion);
        }

        Assert.Equal(versions, seen.Order());
    }
}
