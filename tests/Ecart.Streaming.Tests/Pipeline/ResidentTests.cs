using Ecart.Domains.Transactions;
using Ecart.MariaDb.Reading;
using Ecart.MariaDb.Writing;
using Ecart.Numerics;
using Ecart.Scoring;
using Ecart.Streaming.Pipeline;
using Ecart.Streaming.Sources;
using Ecart.Streaming.Tests.Live;
using Ecart.TestKit;
using MySqlConnector;
using Xunit;

namespace Ecart.Streaming.Tests.Pipeline;

/// <summary>Replays that keep only a few of the accounts in memory leave what one that keeps them all leaves: rows, verdicts, state, bit for bit.</summary>
public sealed class ResidentTests(MariaDbFixture server)
{
    private const int Accounts = 60;
    private static readonly PipelineOptions Few = new() { BatchSize = 9, BatchesAhead = 3, BatchesInFlight = 3, MaximumResidentEntities = 20 };

    [Theory]
    [InlineData(1)]
    [InlineData(9)]
    [InlineData(20)]
    [InlineData(45)]
    public async Task Run_FewAccountsInMemory_StoresWhatAnEngineThatKeepsAllSays(int most)
    {
        List<ReplayItem> items = CardStream.Mixed(21, Accounts);
        ReplayDatabase unbounded = await ReplayDatabase.CreateAsync(server);
        await unbounded.ReplayAsync(items);
        ReplayDatabase bounded = (await ReplayDatabase.CreateAsync(server)).With(Few with { MaximumResidentEntities = most });

        ReplayPipeline pipeline = await bounded.ReplayAsync(items);

        StoredRows.AssertEqual(await unbounded.ReadAsync(), await bounded.ReadAsync());
        Dictionary<string, StoredVerdict> stored = await AllOf(bounded);
        foreach ((string uid, ScoredEvent scored) in EngineAlone.Run(items, bounded.Options).Verdicts) stored[uid].AssertSame(in scored);
        Assert.InRange(pipeline.Counters.ResidentEntities, 1, Math.Max(most, Few.BatchSize));
        Assert.InRange(pipeline.Counters.EntityEvictions, Accounts - most, pipeline.Counters.EntityMisses);
    }

    [Theory]
    [InlineData(22)]
    [InlineData(23)]
    public async Task Run_KilledAnywhereAndResumed_EqualsUnbrokenRunThatKeepsAll(ulong seed)
    {
        List<ReplayItem> items = CardStream.Mixed(seed, Accounts);
        ReplayDatabase unbroken = await ReplayDatabase.CreateAsync(server);
        await unbroken.ReplayAsync(items);

        var random = new SeededRandom(seed);
        ReplayDatabase broken = await ReplayDatabase.CreateAsync(server);
        foreach (int point in Enumerable.Range(0, 6).Select(_ => random.Next(items.Count - 60)).Order())
        {
            PipelineOptions options = Few with
            {
                BatchSize = random.Next(5, 15),
                BatchesInFlight = random.Next(1, 4),
                MaximumResidentEntities = random.Next(10, 50),
                CheckpointEvery = random.Next(100, 800),
            };
            await Assert.ThrowsAsync<FencedException>(() => broken.With(options).ReplayAsync(items, i =>
            {
                if (i == point) Fence(broken);
            }));
        }

        await broken.With(Few).ReplayAsync(items);
        StoredRows.AssertEqual(await unbroken.ReadAsync(), await broken.ReadAsync());
    }

    [Fact]
    public async Task Run_OtherAccountsAfterARestart_RestoresOnlyThoseThatItNeeds()
    {
        List<ReplayItem> items = CardStream.Items(CardStream.Events(24, Accounts, 6));
        ReplayDatabase database = await ReplayDatabase.CreateAsync(server);
        await database.ReplayAsync(items);
        string account = items[0].Event!.PrimaryEntityId;

        ReplayPipeline again = database.MakePipeline();
        ReplayItem[] one = [new ReplayItem(CardStream.Copy(CardStream.Events(24, Accounts, 6)[0], uid: "one more", hours: 24 * 6), null, null, "stream", 1)];
        await again.RunAsync(() => new MemorySource(one) { Name = "other" }, TestContext.Current.CancellationToken);

        Assert.Equal((1, 1, 1), (again.Counters.Committed, again.Counters.EntityMisses, again.Engine!.ResidentEntities));
        Assert.True(again.Engine.TryUse(account));
    }

    [Fact]
    public async Task Run_LiveWithRefusedRowsAndReloads_StoresWhatAnEngineThatKeepsAllSays()
    {
        List<ReplayItem> good = CardStream.Mixed(25, Accounts);
        List<ReplayItem> items = [.. good];
        foreach (int place in new[] { 400, 250, 111, 37, 0 })
        {
            var like = (TransactionEvent)good.First(item => item.Event is not null).Event!;
            items.Insert(place, CardStream.Items([CardStream.Copy(like, uid: $"bad {place}", city: new string('x', 129))])[0]);
        }

        ReplayDatabase database = (await ReplayDatabase.CreateAsync(server)).With(Few);
        await using LiveHarness live = await LiveHarness.StartAsync(database);
        foreach (ReplayItem item in items)
        {
            await live.EnterAsync(item);
            if (live.Receipts.Count % 90 == 0) live.Pipeline.Reload();
        }

        await live.OutcomesAsync();
        await live.StopAsync();

        live.AssertToldOnce();
        Dictionary<string, StoredVerdict> stored = await AllOf(database);
        EngineAlone alone = EngineAlone.Run(good, database.Options);
        Assert.Equal(alone.Verdicts.Count, stored.Count);
        foreach ((string uid, ScoredEvent scored) in alone.Verdicts) stored[uid].AssertSame(in scored);
        Assert.True(live.Pipeline.Counters.EntityEvictions > Accounts);
    }

    [Fact]
    public async Task ReadAsync_AccountsThatAreNotInMemory_GivesTheProfilesOfAllOnce()
    {
        List<ReplayItem> items = CardStream.Mixed(26, Accounts);
        ReplayDatabase unbounded = await ReplayDatabase.CreateAsync(server);
        ReplayPipeline pipeline = await unbounded.ReplayAsync(items);
        Dictionary<string, PublishedAccountProfile> expected = ((TransactionEngine)pipeline.Engine!).PublishProfiles(null, onlyChanged: false)
            .ToDictionary(profile => profile.AccountId);
        ReplayDatabase bounded = (await ReplayDatabase.CreateAsync(server)).With(Few);
        await bounded.ReplayAsync(items);

        List<PublishedAccountProfile> changed = await ChangesAsync(bounded);
        var details = new PublicationDetails(1, 30, DateTime.UnixEpoch, null);
        await new ProfilePublisher<PublishedAccountProfile>(bounded.ConnectionString, new AccountProfileTable()).PublishAsync(changed, isComplete: false, details, TestContext.Current.CancellationToken);

        Assert.Equal(expected.Keys.Order(StringComparer.Ordinal), changed.Select(profile => profile.AccountId));
        Assert.All(changed, profile => Assert.Equivalent(expected[profile.AccountId], profile, strict: true));
        Assert.Empty(await ChangesAsync(bounded));
        await bounded.ExecuteAsync("UPDATE account_spending_profiles SET seq = 0 ORDER BY account_id LIMIT 2");
        Assert.Equal(2, (await ChangesAsync(bounded)).Count);
    }

    private static async Task<List<PublishedAccountProfile>> ChangesAsync(ReplayDatabase database)
    {
        var engine = new TransactionEngine(database.Options);
        return await new ProfileChanges<PublishedAccountProfile>(database.ConnectionString, new AccountProfileTable())
            .ReadAsync(engine, engine.ConfigurationVersion, () => engine.PublishProfiles(null, onlyChanged: false), TestContext.Current.CancellationToken)
            .ToListAsync(TestContext.Current.CancellationToken);
    }

    private static Task<Dictionary<string, StoredVerdict>> AllOf(ReplayDatabase database) => StoredVerdict.ReadAllAsync(database.ConnectionString);

    /// <summary>What a second owner does: the run fails with its next commit, and nothing of it is written afterwards.</summary>
    private static void Fence(ReplayDatabase database)
    {
        using var connection = new MySqlConnection(database.ConnectionString);
        connection.Open();
        using var command = new MySqlCommand("UPDATE lanes SET epoch = epoch + 1", connection);
        command.ExecuteNonQuery();
    }
}
