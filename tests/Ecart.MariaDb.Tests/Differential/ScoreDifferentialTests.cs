using Ecart.Detection;
using Ecart.Domains.Transactions;
using Ecart.MariaDb.Tests.Sql;
using Ecart.Scoring;
using Ecart.TestKit;
using Ecart.Vectors;
using Xunit;

namespace Ecart.MariaDb.Tests.Differential;

/// <summary>SQL and C# on the same random cases: they implement the same formulas and must agree to 1e-4, with the same reasons.</summary>
public sealed class ScoreDifferentialTests(MariaDbFixture server)
{
    private const double Tolerance = 1e-4;

    private const string OtherSettings =
        """
        {
            "profile": {"minimum_observations": 5, "sigma_floor_ratio": 0.1, "sigma_floor": 0.01},
            "behavior_distance": {"z_threshold": 1.5, "scale": 3, "maximum": 0.45},
            "amount_anomaly": {"z_threshold": 2, "scale": 5, "maximum": 0.35},
            "velocity": {"window_minutes": 90, "prior_hourly_rate": 0.1, "prior_days": 3, "rare": 0.01, "very_rare": 0.0001,
                         "rare_contribution": 0.11, "very_rare_contribution": 0.23},
            "impossible_travel": {"channels": ["pos", "online"], "minimum_km": 50, "maximum_kmh": 500, "country_minutes": 45, "contribution": 0.41},
            "high_amount": {"threshold": 5000, "contribution": 0.13},
            "very_high_amount": {"threshold": 70000, "contribution": 0.37},
            "night_activity": {"from_hour": 0, "to_hour": 4, "contribution": 0.07},
            "entity_history": {"label_delay_days": 3, "window_days": 20, "prior_rate": 0.01, "prior_strength": 200, "shrinkage": 4,
                               "maximum": 0.6, "scale": 0.2},
            "new_profile": {"contribution": 0.05},
            "clusters": {"scale": 0.7, "maximum": 0.25},
            "signature": {"low": 0.2, "medium": 0.45, "high": 0.6, "critical": 0.95},
            "knn": {"neighbours": 3, "absolute_threshold": 0.4, "minimum_candidates": 7, "sigmas": 2},
            "profile_distance": {"sigmas": 2},
            "severity": {"flag": 0.42, "low": 0.2, "medium": 0.45, "high": 0.6, "critical": 0.9}
        }
        """;

    [Theory]
    [InlineData(1, null)]
    [InlineData(2, OtherSettings)]
    public Task SqlAndProgram_RandomCases_Agree(ulong seed, string? settings) => CompareAsync(seed, settings, Coverage);

    [Fact]
    public async Task SqlAndProgram_RandomCases_Agree_Long()
    {
        Require.LongRun();
        for (ulong seed = 10; seed < 30; seed++) await CompareAsync(seed, seed % 2 == 0 ? null : OtherSettings, _ => { });
    }

    private async Task CompareAsync(ulong seed, string? settings, Action<StoredCases> check)
    {
        var database = new SqlDatabase(server);
        await database.InitializeAsync();
        StoredCases cases = await StoredCases.CreateAsync(database, settings, seed, accounts: 600);
        await using EngineLog<TransactionEngine> log = cases.Log;
        check(cases);
        for (int i = 0; i < cases.Cases.Count; i += 5) await CompareDistancesAsync(database, cases, cases.Cases[i]);
        var differences = new List<string>();
        foreach (ScoredEvent scored in cases.Cases) differences.AddRange(await DifferencesAsync(database, scored));
        Assert.True(differences.Count == 0, $"{differences.Count} differences:\n{string.Join('\n', differences.Take(12))}");
    }

    /// <summary>The cases are worth something only if every detector has something to say in many of them.</summary>
    private static void Coverage(StoredCases cases)
    {
        string[] codes =
        [
            EvidenceCode.BehaviorDistance, EvidenceCode.AmountAnomaly, EvidenceCode.Velocity, EvidenceCode.ImpossibleTravel, EvidenceCode.HighAmount,
            EvidenceCode.VeryHighAmount, EvidenceCode.NightActivity, EvidenceCode.EntityHistory, EvidenceCode.NewProfile, EvidenceCode.OutsideClusters,
            EvidenceCode.Signature,
        ];
        foreach (string code in codes) AtLeast(8, cases, code, verdict => verdict.Evidence.ToArray().Any(evidence => evidence.Code == code));
        AtLeast(8, cases, "late", verdict => verdict.IsLate);
        AtLeast(100, cases, "flagged", verdict => verdict.IsAnomaly);
        AtLeast(100, cases, "not flagged", verdict => !verdict.IsAnomaly);
        AtLeast(5, cases, "suppressed", verdict => verdict.SuppressedBy != 0);
        PublishedAccountProfile[] known = [.. cases.Profiles.Values.Where(profile => profile.ObservationCount >= 10)];
        Assert.True(known.Count(profile => profile.DeviationLogAmount < 1e-7) > 20, "no account has sigma 0");
        Assert.Contains(known, profile => double.IsNaN(profile.DistanceMean));
        Assert.True(cases.Profiles.Count - known.Length > 40);
        Assert.True(cases.Accounts.Count(account => account.History.Count == 0) > 40);
    }

    private static void AtLeast(int least, StoredCases cases, string what, Func<Verdict, bool> holds)
    {
        int count = cases.Cases.Count(scored => holds(scored.Verdict));
        Assert.True(count >= least, $"only {count} cases of {what}");
    }

    private static async Task<List<string>> DifferencesAsync(SqlDatabase database, ScoredEvent scored)
    {
        Verdict verdict = scored.Verdict;
        SqlVerdict sql = await database.ScoreAsync(scored.Event.EventUid);
        SqlRow row = Assert.Single(await database.QueryAsync(
            "SELECT suppressed_by, severity, configuration_version FROM financial_transactions WHERE transaction_id = @0", scored.Event.EventUid));
        var differences = new List<string>();
        void Check(string what, object? expected, object? actual, bool isSame)
        {
            if (!isSame) differences.Add($"{scored.Event.EventUid}: {what} is {expected} in C#, {actual} in SQL");
        }

        Check("score", verdict.Score, sql.Score, verdict.IsLate ? sql.Score is null : Math.Abs(verdict.Score - sql.Score!.Value) <= Tolerance);
        Check("flagged", verdict.IsAnomaly, sql.Flagged, verdict.IsAnomaly == sql.Flagged);
        Check("suppressed_by", verdict.SuppressedBy, row.Number("suppressed_by"), verdict.SuppressedBy == (row.Number("suppressed_by") ?? 0));
        string severity = verdict.Severity.ToString().ToLowerInvariant();
        Check("severity", severity, row.Text("severity"), severity == row.Text("severity"));
        Check("version", verdict.ConfigurationVersion, row.Number("configuration_version"), verdict.ConfigurationVersion == row.Number("configuration_version"));
        string expected = string.Join(", ", verdict.Evidence.ToArray().Select(evidence => $"{evidence.Code} {evidence.Contribution:F6}"));
        string actual = string.Join(", ", sql.Reasons.Select(reason => $"{reason.Key} {reason.Value:F6}"));
        bool isSame = verdict.Evidence.Length == sql.Reasons.Count && verdict.Evidence.ToArray().Zip(sql.Reasons).All(
            pair => pair.First.Code == pair.Second.Key && Math.Abs(pair.First.Contribution - pair.Second.Value) <= Tolerance);
        Check("reasons", expected, actual, isSame);
        return differences;
    }

    private static async Task CompareDistancesAsync(SqlDatabase database, StoredCases cases, ScoredEvent scored)
    {
        await CompareProfileDistanceAsync(database, cases, scored);
        await CompareNeighboursAsync(database, cases, scored);
        SqlRow row = Assert.Single(await database.QueryAsync("CALL cluster_distance(@0)", scored.Event.EventUid));
        ClusterDistance cluster = ClusterDistance.Measure(cases.Patterns.Clusters, scored.Verdict.Embedding, TransactionLayout.Version);
        Assert.Equal(cluster.Nearest, row.Text("cluster"));
        Assert.Equal(cluster.Margin, row.Number("margin")!.Value, Tolerance);
        Assert.Equal(cluster.IsInside ? "INSIDE_CLUSTER" : "OUTSIDE_CLUSTER", row.Text("label"));
    }

    private static async Task CompareProfileDistanceAsync(SqlDatabase database, StoredCases cases, ScoredEvent scored)
    {
        SqlRow row = Assert.Single(await database.QueryAsync("CALL profile_distance(@0)", scored.Event.EventUid));
        ProfileDistance? expected = cases.Profiles.TryGetValue(scored.Event.PrimaryEntityId, out PublishedAccountProfile? profile)
            ? ProfileDistance.Measure(
                VectorMath.Distance(scored.Verdict.Embedding, profile.Centroid), profile.ObservationCount, profile.DistanceMean,
                profile.DistanceDeviation, cases.Options.Profile, cases.Options.ProfileDistance)
            : null;
        Assert.Equal(expected is null, row.Text("no_opinion") is not null);
        Assert.Equal(expected?.IsAnomalous, row.Flag("is_anomalous"));
        if (expected is not { } distance) return;
        Assert.Equal(distance.Distance, row.Number("distance")!.Value, Tolerance);
        Assert.Equal(distance.Threshold, row.Number("threshold")!.Value, Tolerance);
        Assert.Equal(distance.Score, row.Number("score")!.Value, Tolerance);
    }

    private static async Task CompareNeighboursAsync(SqlDatabase database, StoredCases cases, ScoredEvent scored)
    {
        NearestNeighbourOptions options = cases.Options.Knn;
        SqlRow row = Assert.Single(await database.QueryAsync("CALL knn_distance(@0)", scored.Event.EventUid));
        float[] normal = cases.NormalBefore(scored);
        int candidates = normal.Length / TransactionLayout.Dimension;
        Assert.Equal(candidates, row.Number("candidates"));
        Assert.Equal(candidates < options.MinimumCandidates, row.Text("no_opinion") is not null);
        if (candidates < options.MinimumCandidates) return;
        double threshold = cases.NeighbourDistances.TryGetValue(scored.Event.PrimaryEntityId, out (double Mean, double Deviation) own)
            ? own.Mean + (options.Sigmas * cases.Options.Profile.FloorSigma(own.Deviation, own.Mean))
            : options.AbsoluteThreshold;
        double mean = NearestNeighbourDistance.Mean(scored.Verdict.Embedding, normal, options.Neighbours);
        Assert.Equal(mean, row.Number("distance")!.Value, Tolerance);
        Assert.Equal(threshold, row.Number("threshold")!.Value, Tolerance);
        Assert.Equal(NearestNeighbourDistance.Score(mean, threshold), row.Number("score")!.Value, Tolerance);
        Assert.Equal(mean > threshold, row.Flag("is_anomalous"));
    }
}
