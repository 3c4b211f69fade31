using Ecart.Domains.Network;
using Ecart.MariaDb.Configuration;
using Ecart.MariaDb.Reading;
using Ecart.MariaDb.Tests.Sql;
using Ecart.MariaDb.Writing;
using Ecart.Numerics;
using Ecart.Scoring;
using Ecart.TestKit;
using Xunit;

namespace Ecart.MariaDb.Tests.Differential;

/// <summary>score_connection and the network engine on the same random sources: they agree to 1e-4, with the same reasons and the same class.</summary>
public sealed class NetworkDifferentialTests(MariaDbFixture server)
{
    private const string OtherSettings =
        """
        {
            "profile": {"minimum_observations": 5, "sigma_floor_ratio": 0.1, "sigma_floor": 0.01},
            "profile_distance": {"z_threshold": 1.5, "scale": 4, "maximum": 0.35}, "prior_sigma": 0.2, "prior_strength": 10, "unknown_anomaly_sigmas": 2.5,
            "signature": {"low": 0.2, "medium": 0.45, "high": 0.6, "critical": 0.95},
            "scan": {"window_minutes": 4, "many_targets": 40, "many_contribution": 0.25, "some_targets": 15, "some_contribution": 0.15,
                     "failure_weight": 0.5, "minimum_failed_share": 0.2},
            "new_destination": {"minimum_connections": 5, "contribution": 0.2},
            "floors": {"scan": 0.55, "exfiltration": 0.6, "command_and_control": 0.7, "denial_of_service": 0.75, "brute_force": 0.45, "lateral": 0.6, "dns": 0.6},
            "severity": {"flag": 0.42, "low": 0.2, "medium": 0.45, "high": 0.6, "critical": 0.9}
        }
        """;

    [Theory]
    [InlineData(1, null)]
    [InlineData(2, OtherSettings)]
    public async Task SqlAndProgram_RandomSources_Agree(ulong seed, string? settings)
    {
        var database = new SqlDatabase(server);
        await database.InitializeAsync();
        RandomSource[] sources = [.. Enumerable.Range(0, 360).Select(number => new RandomSource(number, seed))];
        (EngineLog<NetworkEngine> log, List<ScoredEvent> cases) = await StoreAsync(database, settings, sources, seed);
        await using EngineLog<NetworkEngine> owned = log;

        RequireCoverage(cases);
        var differences = new List<string>();
        foreach (ScoredEvent scored in cases)
        {
            SqlRow row = Assert.Single(await database.QueryAsync(
                "CALL score_connection(@0, @score, @flagged, @threat, @reasons); SELECT @score AS score, @flagged AS flagged, @threat AS threat, @reasons AS reasons",
                scored.Event.EventUid));
            differences.AddRange(VerdictComparison.Differences(scored, SqlVerdict.Of(row)));
            string? threat = ThreatClass.Of(scored.Verdict);
            if (threat != row.Text("threat")) differences.Add($"{scored.Event.EventUid}: class is {threat} in C#, {row.Text("threat")} in SQL");
        }

        Assert.True(differences.Count == 0, $"{differences.Count} differences:\n{string.Join('\n', differences.Take(12))}");
        await RequireSameSentencesAsync(database, cases);
        int alerts = cases.Count(scored => scored.Verdict is { IsAnomaly: true, SuppressedBy: 0 });
        Assert.Equal(alerts, await database.NumberAsync(
            "SELECT COUNT(*) FROM anomaly_alerts a JOIN alert_outbox o ON o.domain = a.domain AND o.event_uid = a.event_uid WHERE a.entity_type = 'ip' AND a.event_uid IN (SELECT connection_id FROM network_connections WHERE is_learned OR is_suspicious)"
            + " AND a.seq IN (SELECT MAX(c.seq) FROM network_connections c WHERE c.src_ip = a.entity_id)"));
    }

    [Fact]
    public async Task ScoreConnection_UnknownId_NamesIt()
    {
        var database = new SqlDatabase(server);
        await database.InitializeAsync();
        var error = await Assert.ThrowsAsync<MySqlConnector.MySqlException>(() => database.QueryAsync("CALL explain_connection('none')"));
        Assert.Equal("No connection has connection_id 'none'.", error.Message);
    }

    private static async Task<(EngineLog<NetworkEngine> Log, List<ScoredEvent> Cases)> StoreAsync(
        SqlDatabase database, string? settings, RandomSource[] sources, ulong seed)
    {
        int version = 1;
        if (settings is not null)
        {
            var configurations = new ConfigurationStore(database.ConnectionString);
            await configurations.EnsureDefaultAsync(NetworkFlow.DomainName, "{}", TestContext.Current.CancellationToken);
            version = await configurations.AddVersionAsync(
                NetworkFlow.DomainName, settings, "differential test", "test", activate: true, TestContext.Current.CancellationToken);
        }

        NetworkOptions options = NetworkOptionsJson.Deserialize(settings ?? "{}");
        var engine = new NetworkEngine(options, version);
        EngineLog<NetworkEngine> log = await EngineLog<NetworkEngine>.OpenAsync(database.ConnectionString, engine, static () => new NetworkTable());
        foreach (NetworkFlow past in sources.SelectMany(source => source.History)) log.Add(past);
        await log.CommitAsync();
        foreach (IGrouping<DateTime, RandomSource> day in sources.GroupBy(source => source.Case.OccurredAt.Date))
        {
            HashSet<string> wanted = [.. day.Select(source => source.Case.SourceAddress)];
            PublishedNetworkProfile[] profiles = [.. engine.PublishProfiles(day.Key, onlyChanged: false).Where(profile => wanted.Contains(profile.Address))];
            var details = new PublicationDetails(version, options.Profile.WindowDays, DateTime.UnixEpoch, new Dictionary<string, (double Mean, double Deviation)>());
            await new ProfilePublisher<PublishedNetworkProfile>(database.ConnectionString, new NetworkProfileTable()).PublishAsync(
                profiles, isComplete: false, details, TestContext.Current.CancellationToken);
        }

        await StoreSignaturesAsync(database, engine, sources, new SeededRandom(seed));
        List<ScoredEvent> cases = [.. sources.Select(source => log.Add(source.Case, learn: false))];
        await log.CommitAsync();
        return (log, cases);
    }

    private static async Task StoreSignaturesAsync(SqlDatabase database, NetworkEngine engine, RandomSource[] sources, SeededRandom random)
    {
        var verdict = new Verdict(NetworkLayout.Dimension);
        string[] categories = ["scan", "c2", "malware", "dos"];
        for (int i = 0; i < 8; i++)
        {
            engine.Score(sources[random.Next(sources.Length)].Case, verdict);
            var padded = new float[256];
            verdict.Embedding.CopyTo(padded, 0);
            await database.ExecuteAsync(
                "INSERT INTO threat_signatures (name, category, severity, domain, `vector`, radius, embedding_version, active) VALUES (@0, @1, @2, @3, @4, @5, 1, @6)",
                $"signature {i}", categories[i % 4], new[] { "low", "medium", "high", "critical" }[i % 4], i % 3 == 0 ? null : "network", padded,
                random.Between(0.02, 0.3), i != 7);
        }

        engine.Patterns = await new PatternStore(database.ConnectionString).ReadAsync(NetworkFlow.DomainName, TestContext.Current.CancellationToken);
    }

    private static void RequireCoverage(List<ScoredEvent> cases)
    {
        foreach (string code in (string[])
            [EvidenceCode.ProfileDistance, EvidenceCode.Signature, EvidenceCode.SensorAlert, EvidenceCode.PortScan, EvidenceCode.HostScan,
             EvidenceCode.NewDestination, EvidenceCode.ThreatClass])
        {
            int count = cases.Count(scored => scored.Verdict.Evidence.ToArray().Any(evidence => evidence.Code == code));
            Assert.True(count >= 5, $"only {count} cases of {code}");
        }

        Assert.True(cases.Count(scored => scored.Verdict.IsLate) >= 5);
        Assert.True(cases.Count(scored => ThreatClass.Of(scored.Verdict) == ThreatClass.Scan) >= 10);
        Assert.True(cases.Count(scored => scored.Verdict.IsAnomaly) >= 30);
    }

    /// <summary>A reader cannot tell which of the two scored.</summary>
    private static async Task RequireSameSentencesAsync(SqlDatabase database, List<ScoredEvent> cases)
    {
        var different = new List<string>();
        foreach (ScoredEvent scored in cases.Where(scored => !scored.Verdict.IsLate).Take(150))
        {
            IReadOnlyList<SqlRow> rows = await database.QueryAsync("CALL explain_connection(@0)", scored.Event.EventUid);
            foreach ((Evidence evidence, SqlRow row) in scored.Verdict.Evidence.ToArray().Zip(rows))
            {
                string expected = EvidenceText.Describe(in evidence);
                if (expected != row.Text("detail")) different.Add($"{expected} / {row.Text("detail")}");
            }
        }

        Assert.True(different.Count <= 3, $"{different.Count} sentences differ, more than rounding explains:\n{string.Join('\n', different.Take(10))}");
    }
}
