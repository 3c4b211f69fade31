using Ecart.Domains.Transactions;
using Ecart.MariaDb.Configuration;
using Ecart.Numerics;
using Ecart.Scoring;
using Ecart.Streaming.Explanation;
using Ecart.Streaming.Sources;
using Ecart.Streaming.Tests.Pipeline;
using Ecart.TestKit;
using Xunit;

namespace Ecart.Streaming.Tests.Explanation;

public sealed class VerdictReproductionTests(MariaDbFixture server)
{
    private const int Chosen = 150;

    [Fact]
    public async Task RunAsync_RandomVerdictsOfAMixedReplay_ComeOutTheSameToTheLastBit()
    {
        ReplayDatabase database = await ReplayDatabase.CreateAsync(server);
        await StoreConfigurationAsync(database);
        List<ReplayItem> items = CardStream.Mixed(seed: 11);
        await database.ReplayAsync(items);
        string[] uids = [.. items.Where(item => item.Event is not null).Select(item => item.Event!.EventUid).Distinct()];
        new Random(11).Shuffle(uids);
        var reproduction = new VerdictReproduction(database.ConnectionString);
        int exact = 0;
        int withEvidence = 0;
        int late = 0;
        foreach (string uid in uids.Take(Chosen))
        {
            ReproducedVerdict result = (await reproduction.RunAsync(uid, 3, TestContext.Current.CancellationToken))!;
            Assert.True(result.HasSameScore, $"{uid}: stored {result.Stored.Score}, reproduced {result.Reproduced.Score}");
            Assert.True(result.HasSameEmbedding, uid);
            Assert.Equal(result.Stored.Event.Verdict.DistanceToProfile, result.Reproduced.DistanceToProfile);
            if (result.Reproduced.IsLate) late++;
            else if (!result.TookStoredEvidence) Assert.Equal(result.Stored.Score, result.Reproduced.Score);
            if (!result.TookStoredEvidence) exact++;
            if (result.Reproduced.Evidence.Length > 0) withEvidence++;
            Assert.Equal(result.Nearest.OrderBy(near => near.Distance), result.Nearest);
        }

        Assert.True(exact > Chosen / 2 && withEvidence > Chosen / 10 && late > 0, $"{exact} exact, {withEvidence} with evidence, {late} late");
    }

    [Fact]
    public async Task RunAsync_StoredScoreChangedByHand_IsDifferent()
    {
        ReplayDatabase database = await ReplayDatabase.CreateAsync(server);
        await StoreConfigurationAsync(database);
        List<TransactionEvent> events = CardStream.Events(seed: 12, accounts: 5, days: 5);
        await database.ReplayAsync(CardStream.Items(events));
        string uid = events[^1].EventUid;
        await database.ExecuteAsync($"UPDATE financial_transactions SET fraud_score = fraud_score + 0.000001 WHERE transaction_id = '{uid}'");
        ReproducedVerdict result = (await new VerdictReproduction(database.ConnectionString).RunAsync(uid, 3, TestContext.Current.CancellationToken))!;
        Assert.False(result.HasSameScore);
        Assert.NotEmpty(result.Nearest);
        Assert.Null(await new VerdictReproduction(database.ConnectionString).RunAsync("nobody", 3, TestContext.Current.CancellationToken));
    }

    private static Task<ActiveConfiguration> StoreConfigurationAsync(ReplayDatabase database) => new ConfigurationStore(database.ConnectionString).EnsureDefaultAsync(
        TransactionEvent.DomainName, TransactionOptionsJson.Serialize(database.Options), TestContext.Current.CancellationToken);
}
