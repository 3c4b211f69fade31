using Ecart.Domains.Transactions;
using Ecart.MariaDb.Writing;
using Ecart.Streaming.Pipeline;
using Ecart.Streaming.Sources;
using Ecart.TestKit;
using Xunit;

namespace Ecart.Streaming.Tests.Pipeline;

public sealed class ProfileRebuildTests(MariaDbFixture server)
{
    [Fact]
    public async Task RunAsync_AfterAReplay_MakesTheSameStateFromTheLogAlone()
    {
        ReplayDatabase database = await ReplayDatabase.CreateAsync(server);
        ReplayPipeline pipeline = await database.ReplayAsync(CardStream.Mixed(14));
        StoredRows before = await database.ReadAsync();
        await database.ExecuteAsync(
            """
            DELETE FROM entity_state;
            UPDATE entity_history SET part = 1;
            INSERT INTO shared_state SELECT domain, entity_type, entity_id, 1, format, state FROM shared_state
            """);

        ProfileRebuildResult result = await new ProfileRebuild(database.ConnectionString, database.Options, 1, TimeProvider.System)
            .RunAsync(null, TestContext.Current.CancellationToken);

        StoredRows.AssertEqual(before, await database.ReadAsync());
        Assert.Equal(before.ByTable["financial_transactions"].Length + before.ByTable["event_labels"].Length, result.Entries);
        PublishedAccountProfile[] published = [.. ((TransactionEngine)pipeline.Engine!).PublishProfiles(null, onlyChanged: false)];
        Assert.Equal(published.Length, result.Profiles);
        foreach (PublishedAccountProfile profile in published)
        {
            Assert.Equal(1, await database.CountAsync(
                $"""
                 SELECT COUNT(*) FROM account_spending_profiles WHERE account_id = '{profile.AccountId}' AND observation_count = {profile.ObservationCount}
                 AND ABS(distance_mean - {profile.DistanceMean:R}) < 1e-12 AND ABS(mean_log_amount - {profile.MeanLogAmount:R}) < 1e-12 AND seq = {profile.Seq}
                 """));
        }
    }

    [Fact]
    public async Task RunAsync_DuringAReplay_FencesItOffAndLetsItResume()
    {
        List<ReplayItem> items = CardStream.Mixed(15);
        ReplayDatabase unbroken = await ReplayDatabase.CreateAsync(server);
        await unbroken.ReplayAsync(items);
        ReplayDatabase database = await ReplayDatabase.CreateAsync(server);

        await Assert.ThrowsAsync<FencedException>(() => database.ReplayAsync(items, i =>
        {
            if (i != 400) return;
            new ProfileRebuild(database.ConnectionString, database.Options, 1, TimeProvider.System)
                .RunAsync(null, CancellationToken.None).GetAwaiter().GetResult();
        }));
        await database.ReplayAsync(items);

        StoredRows.AssertEqual(await unbroken.ReadAsync(), await database.ReadAsync());
    }
}
