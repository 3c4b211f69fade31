using Ecart.Domains.UserBehavior;
using Ecart.MariaDb.Reading;
using Ecart.MariaDb.Tests.Sql;
using Ecart.MariaDb.Writing;
using Ecart.Numerics;
using Ecart.Profiles;
using Ecart.Scoring;
using Ecart.Simulation;
using Ecart.TestKit;
using Xunit;

namespace Ecart.MariaDb.Tests.Differential;

/// <summary>score_event and the engine of user_behavior on the users of a simulated company: they agree to 1e-4, with the same reasons.</summary>
public sealed class EventDifferentialTests(MariaDbFixture server)
{
    private const int Cases = 400;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task SqlAndProgram_SimulatedUsers_Agree(ulong seed)
    {
        var database = new SqlDatabase(server);
        await database.InitializeAsync();
        var engine = new UserBehaviorEngine(new UserBehaviorOptions());
        await using EngineLog<UserBehaviorEngine> log = await EngineLog<UserBehaviorEngine>.OpenAsync(
            database.ConnectionString, engine, static () => new UserBehaviorTable());
        var options = new UserBehaviorSimulatorOptions { Seed = seed, Users = 120, Days = 16, QuietDays = 8, IncidentsPerDay = 6 };
        UserBehaviorEvent[] stream = [.. new UserBehaviorSimulator(options).Generate().Select(simulated => simulated.Event)];
        DateTime end = options.Start.AddDays(15);
        // Some users are seen for the first time on the last day.
        foreach (UserBehaviorEvent past in stream.Where(action => action.OccurredAt < end && !IsNew(action))) log.Add(past);
        await log.CommitAsync();
        var details = new PublicationDetails(1, 30, DateTime.UnixEpoch, new Dictionary<string, (double Mean, double Deviation)>());
        await new ProfilePublisher<PublishedEntityProfile>(database.ConnectionString, new EntityProfileTable(UserBehaviorEvent.DomainName)).PublishAsync(
            [.. engine.PublishProfiles(end)], isComplete: true, details, TestContext.Current.CancellationToken);
        UserBehaviorEvent[] last = [.. stream.Where(action => action.OccurredAt >= end).Take(Cases)];
        await StorePatternsAsync(database, engine, last, new SeededRandom(seed));
        List<ScoredEvent> cases = [.. last.Select(action => log.Add(action, learn: false))];
        await log.CommitAsync();

        foreach (string code in (string[])[EvidenceCode.BehaviorDistance, EvidenceCode.NewProfile, EvidenceCode.OutsideClusters, EvidenceCode.Signature])
            Assert.True(cases.Count(scored => scored.Verdict.Evidence.ToArray().Any(evidence => evidence.Code == code)) >= 3, $"hardly any case of {code}");
        var differences = new List<string>();
        foreach (ScoredEvent scored in cases)
        {
            SqlRow row = Assert.Single(await database.QueryAsync(
                "CALL score_event('user_behavior', @0, @score, @flagged, @reasons); SELECT @score AS score, @flagged AS flagged, @reasons AS reasons",
                scored.Event.EventUid));
            differences.AddRange(VerdictComparison.Differences(scored, SqlVerdict.Of(row)));
        }

        Assert.True(differences.Count == 0, $"{differences.Count} differences:\n{string.Join('\n', differences.Take(12))}");
    }

    [Fact]
    public async Task ExplainEvent_UnknownId_NamesIt()
    {
        var database = new SqlDatabase(server);
        await database.InitializeAsync();
        var error = await Assert.ThrowsAsync<MySqlConnector.MySqlException>(() => database.QueryAsync("CALL explain_event('user_behavior', 'none')"));
        Assert.Equal("No event of user_behavior has event_uid 'none'.", error.Message);
    }

    private static bool IsNew(UserBehaviorEvent action) => action.UserId.EndsWith('7');

    private static async Task StorePatternsAsync(SqlDatabase database, UserBehaviorEngine engine, UserBehaviorEvent[] actions, SeededRandom random)
    {
        var verdict = new Verdict(UserBehaviorLayout.Dimension);
        for (int i = 0; i < 12; i++)
        {
            engine.Score(actions[random.Next(actions.Length)], verdict);
            float[] centre = [.. verdict.Embedding];
            await database.ExecuteAsync(
                "INSERT INTO behavior_clusters (name, domain, centroid, radius, member_count, embedding_version, active) VALUES (@0, 'user_behavior', @1, @2, 10, 1, TRUE)",
                $"cluster {i}", centre, random.Between(0.1, 0.6));
            await database.ExecuteAsync(
                "INSERT INTO threat_signatures (name, category, severity, domain, `vector`, radius, embedding_version, active) VALUES (@0, 'malware', @1, @2, @3, @4, 1, TRUE)",
                $"signature {i}", new[] { "low", "medium", "high", "critical" }[i % 4], i % 3 == 0 ? null : "user_behavior", centre, random.Between(0.1, 0.6));
        }

        engine.Patterns = await new PatternStore(database.ConnectionString).ReadAsync(UserBehaviorEvent.DomainName, TestContext.Current.CancellationToken);
    }
}
