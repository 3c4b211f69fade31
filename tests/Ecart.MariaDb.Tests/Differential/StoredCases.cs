using Ecart.Detection;
using Ecart.Domains.Transactions;
using Ecart.MariaDb.Configuration;
using Ecart.MariaDb.Reading;
using Ecart.MariaDb.Tests.Sql;
using Ecart.MariaDb.Writing;
using Ecart.Numerics;
using Ecart.Scoring;
using Xunit;

namespace Ecart.MariaDb.Tests.Differential;

/// <summary>
/// Random accounts in a store, ready for SQL and C# to be compared on one last transaction each.
/// </summary>
/// <remarks>
/// SQL knows an account by its published profile. So that both look at the same: first every account's history is learned and committed, then every
/// profile is published as of the day of the account's case, then all cases are scored by the engine, which learns nothing more, and stored.
/// </remarks>
internal sealed class StoredCases
{
    private readonly SqlDatabase database;
    private readonly SeededRandom random;

    private StoredCases(SqlDatabase database, TransactionOptions options, ulong seed, int accounts)
    {
        this.database = database;
        Options = options;
        random = new SeededRandom(seed);
        Accounts = [.. Enumerable.Range(0, accounts).Select(number => new RandomAccount(number, seed))];
    }

    public TransactionOptions Options { get; }

    public List<RandomAccount> Accounts { get; }

    /// <summary>The cases as the engine scored them.</summary>
    public List<ScoredEvent> Cases { get; } = [];

    /// <summary>Published profiles by account.</summary>
    public Dictionary<string, PublishedAccountProfile> Profiles { get; } = new(StringComparer.Ordinal);

    /// <summary>Published nearest-neighbour statistics, of every other account.</summary>
    public Dictionary<string, (double Mean, double Deviation)> NeighbourDistances { get; } = new(StringComparer.Ordinal);

    public ReferencePatterns Patterns { get; private set; } = ReferencePatterns.Empty;

    public EngineLog<TransactionEngine> Log { get; private set; } = null!;

    /// <param name="database">Migrated and empty.</param>
    /// <param name="settings">JSON of the active configuration; null for none.</param>
    /// <param name="seed">Decides everything.</param>
    /// <param name="accounts">Number of cases.</param>
    public static async Task<StoredCases> CreateAsync(SqlDatabase database, string? settings, ulong seed, int accounts)
    {
        int version = 1;
        if (settings is not null)
        {
            var configurations = new ConfigurationStore(database.ConnectionString);
            await configurations.EnsureDefaultAsync(TransactionEvent.DomainName, "{}", TestContext.Current.CancellationToken);
            version = await configurations.AddVersionAsync(
                TransactionEvent.DomainName, settings, "differential test", "test", activate: true, TestContext.Current.CancellationToken);
        }

        var cases = new StoredCases(database, TransactionOptionsJson.Deserialize(settings ?? "{}"), seed, accounts);
        cases.Log = await EngineLog<TransactionEngine>.OpenAsync(
            database.ConnectionString, new TransactionEngine(cases.Options, version), static () => new TransactionTable());
        await cases.StoreHistoriesAsync();
        await cases.PublishAsync();
        await cases.StorePatternsAsync();
        foreach (RandomAccount account in cases.Accounts) cases.Cases.Add(cases.Log.Add(account.Case, learn: false));
        await cases.Log.CommitAsync();
        return cases;
    }

    /// <summary>The embeddings that the nearest-neighbour method compares a case with: normal, in the window, before it in the log.</summary>
    public float[] NormalBefore(ScoredEvent scored)
    {
        DateTime from = scored.Event.OccurredAt.AddDays(-Options.Profile.WindowDays);
        IEnumerable<ScoredEvent> normal = Log.Events.Where(past =>
            past.Event.PrimaryEntityId == scored.Event.PrimaryEntityId && past.Seq < scored.Seq && !past.Verdict.IsLate
            && past.Event.OccurredAt > from && past.Event.OccurredAt <= scored.Event.OccurredAt
            && !(Log.Labels.TryGetValue(past.Event.EventUid, out bool isFraud) ? isFraud : past.Verdict.IsAnomaly));
        return [.. normal.SelectMany(past => past.Verdict.Embedding)];
    }

    private async Task StoreHistoriesAsync()
    {
        foreach (TransactionEvent past in Accounts.SelectMany(account => account.History)) Log.Add(past);
        await Log.CommitAsync();
        foreach (RandomAccount account in Accounts)
        {
            foreach (TransactionEvent past in account.History)
            {
                bool isRisky = past.MerchantId is "merchant 3" or "merchant 5" || past.DeviceId is "device 7" || past.IpAddress is "10.0.0.9";
                if (account.IsCleared) Log.Label(past.EventUid, false);
                else if (random.Chance(isRisky ? 0.4 : 0.005)) Log.Label(past.EventUid, true);
                if (random.Chance(0.005)) Log.Label(past.EventUid, random.Chance(0.5));
            }
        }

        await Log.CommitAsync();
    }

    private async Task PublishAsync()
    {
        foreach (IGrouping<DateTime, RandomAccount> day in Accounts.GroupBy(account => account.Case.OccurredAt.Date))
        {
            HashSet<string> wanted = [.. day.Select(account => account.Case.AccountId)];
            foreach (PublishedAccountProfile profile in Log.Engine.PublishProfiles(day.Key, onlyChanged: false))
                if (wanted.Contains(profile.AccountId)) Profiles.Add(profile.AccountId, profile);
        }

        foreach (string account in Profiles.Keys.Where((_, i) => i % 2 == 0))
            NeighbourDistances.Add(account, (random.Between(0.01, 0.5), random.Chance(0.3) ? 0 : random.Between(0, 0.2)));
        var details = new PublicationDetails(Log.Engine.ConfigurationVersion, Options.Profile.WindowDays, DateTime.UnixEpoch, NeighbourDistances);
        await new ProfilePublisher<PublishedAccountProfile>(database.ConnectionString, new AccountProfileTable()).PublishAsync(
            Profiles.Values, isComplete: true, details, TestContext.Current.CancellationToken);
    }

    /// <summary>Patterns around what some of the cases look like, so that about as many are inside as outside.</summary>
    private async Task StorePatternsAsync()
    {
        for (int i = 0; i < 12; i++)
        {
            await database.ExecuteAsync(
                """
                INSERT INTO behavior_clusters (name, domain, centroid, radius, member_count, embedding_version, active)
                VALUES (@0, @1, @2, @3, 10, @4, @5)
                """,
                $"cluster {i}", i == 9 ? "network" : "transactions", SomeEmbedding(), random.Between(0.1, 0.6), i == 10 ? 2 : 1, i != 11);
            await database.ExecuteAsync(
                """
                INSERT INTO threat_signatures (name, category, severity, domain, `vector`, radius, embedding_version, active)
                VALUES (@0, 'malware', @1, @2, @3, @4, @5, @6)
                """,
                $"signature {i}", new[] { "low", "medium", "high", "critical" }[i % 4], i % 3 == 0 ? null : i == 8 ? "network" : "transactions",
                SomeEmbedding(), random.Between(0.1, 0.6), i == 10 ? 2 : 1, i != 11);
        }

        for (int i = 0; i < 60; i++) await StoreExceptionAsync(i);
        Patterns = await new PatternStore(database.ConnectionString).ReadAsync(TransactionEvent.DomainName, TestContext.Current.CancellationToken);
        Log.Engine.Patterns = Patterns;
    }

    private async Task StoreExceptionAsync(int number)
    {
        TransactionEvent like = Accounts[random.Next(Accounts.Count)].Case;
        DateTime from = like.OccurredAt.AddDays(number % 7 == 0 ? 1 : -1);
        DateTime? until = number % 3 == 0 ? null : number % 5 == 0 ? like.OccurredAt : like.OccurredAt.AddMicroseconds(1);
        await database.ExecuteAsync(
            """
            INSERT INTO anomaly_exceptions
                (exception_id, domain, entity_type, entity_id, exception_type, rule_expression, reason, approved_by, valid_from, valid_until, active)
            VALUES (@0, @1, @2, @3, 'known_pattern', @4, 'test', 'test', @5, @6, @7)
            """,
            number + 1, number == 50 ? "network" : "transactions", number % 4 == 0 ? null : number == 51 ? "device" : "account",
            number % 4 == 0 ? null : like.AccountId, number == 52 ? "amount > 0" : null, from, until, number != 53);
        if (number % 2 == 1 && number % 4 != 0) return;
        await database.ExecuteAsync(
            "INSERT INTO exception_patterns (exception_id, pattern, radius, embedding_version) VALUES (@0, @1, @2, @3)",
            number + 1, SomeEmbedding(like), random.Between(0.05, 0.4), number == 54 ? 2 : 1);
    }

    private float[] SomeEmbedding(TransactionEvent? like = null)
    {
        var verdict = new Verdict(TransactionLayout.Dimension);
        Log.Engine.Score(like ?? Accounts[random.Next(Accounts.Count)].Case, verdict);
        var padded = new float[256];
        verdict.Embedding.CopyTo(padded, 0);
        return padded;
    }
}
