using Ecart.MariaDb.Reading;
using Ecart.MariaDb.Tests.Sql;
using Xunit;

namespace Ecart.MariaDb.Tests.Reading;

/// <summary>A running service takes over a change when the stamp differs: every kind of change must be seen in it, and nothing else.</summary>
public sealed class PatternStampTests(SqlDatabase database) : IClassFixture<SqlDatabase>
{
    private const string Rows =
        """
        DELETE FROM behavior_clusters;
        DELETE FROM threat_signatures;
        DELETE FROM exception_patterns;
        DELETE FROM anomaly_exceptions;
        INSERT INTO behavior_clusters (name, domain, centroid, radius, member_count, embedding_version)
            VALUES ('calm', 'transactions', VEC_FromText(CONCAT('[1', REPEAT(',0', 255), ']')), 1.5, 10, 1),
                   ('other', 'network', VEC_FromText(CONCAT('[1', REPEAT(',0', 255), ']')), 1.5, 10, 1);
        INSERT INTO threat_signatures (name, category, severity, domain, `vector`, radius, embedding_version)
            VALUES ('mule', 'scan', 'high', 'transactions', VEC_FromText(CONCAT('[1', REPEAT(',0', 255), ']')), 1.5, 1),
                   ('all', 'dos', 'low', NULL, VEC_FromText(CONCAT('[1', REPEAT(',0', 255), ']')), 1.5, 1);
        INSERT INTO anomaly_exceptions (exception_id, domain, entity_type, entity_id, exception_type, rule_expression, reason, approved_by, valid_from, valid_until)
            VALUES (1, 'transactions', 'account', 'A', 'whitelist', 'amount < 5', 'test', 'test', '2025-01-01', '2026-01-01'),
                   (2, 'transactions', 'account', NULL, 'whitelist', NULL, 'test', 'test', '2025-01-01', NULL);
        INSERT INTO exception_patterns (exception_id, pattern, radius, embedding_version)
            VALUES (2, VEC_FromText(CONCAT('[1', REPEAT(',0', 255), ']')), 1.5, 1);
        """;

    private const string NewVector = "VEC_FromText(CONCAT('[2', REPEAT(',0', 255), ']'))";

    [Theory]
    [InlineData("UPDATE behavior_clusters SET name = 'calmer' WHERE name = 'calm'")]
    [InlineData("UPDATE behavior_clusters SET centroid = " + NewVector + " WHERE name = 'calm'")]
    [InlineData("UPDATE behavior_clusters SET radius = 1.5000001 WHERE name = 'calm'")]
    [InlineData("UPDATE behavior_clusters SET embedding_version = 2 WHERE name = 'calm'")]
    [InlineData("UPDATE behavior_clusters SET active = 0 WHERE name = 'calm'")]
    [InlineData("DELETE FROM behavior_clusters WHERE name = 'calm'")]
    [InlineData("UPDATE threat_signatures SET name = 'mules' WHERE name = 'mule'")]
    [InlineData("UPDATE threat_signatures SET category = 'c2' WHERE name = 'mule'")]
    [InlineData("UPDATE threat_signatures SET severity = 'critical' WHERE name = 'all'")]
    [InlineData("UPDATE threat_signatures SET `vector` = " + NewVector + " WHERE name = 'all'")]
    [InlineData("UPDATE threat_signatures SET radius = 2 WHERE name = 'mule'")]
    [InlineData("UPDATE threat_signatures SET embedding_version = 2 WHERE name = 'mule'")]
    [InlineData("UPDATE threat_signatures SET active = 0 WHERE name = 'all'")]
    [InlineData("UPDATE threat_signatures SET domain = 'network' WHERE name = 'all'")]
    [InlineData("UPDATE anomaly_exceptions SET entity_id = 'B' WHERE exception_id = 1")]
    [InlineData("UPDATE anomaly_exceptions SET entity_id = NULL WHERE exception_id = 1")]
    [InlineData("UPDATE anomaly_exceptions SET entity_type = NULL, entity_id = 'account' WHERE exception_id = 2")]
    [InlineData("UPDATE anomaly_exceptions SET rule_expression = 'amount < 6' WHERE exception_id = 1")]
    [InlineData("UPDATE anomaly_exceptions SET valid_from = '2025-01-02' WHERE exception_id = 1")]
    [InlineData("UPDATE anomaly_exceptions SET valid_until = NULL WHERE exception_id = 1")]
    [InlineData("UPDATE anomaly_exceptions SET valid_until = '2027-01-01' WHERE exception_id = 2")]
    [InlineData("UPDATE anomaly_exceptions SET active = 0 WHERE exception_id = 1")]
    [InlineData("UPDATE exception_patterns SET pattern = " + NewVector)]
    [InlineData("UPDATE exception_patterns SET radius = 2")]
    [InlineData("UPDATE exception_patterns SET embedding_version = 2")]
    [InlineData("DELETE FROM exception_patterns")]
    [InlineData("INSERT INTO model_activations (domain, slot, version, reason, activated_by) VALUES ('transactions', 'embedding', 101, 'why', 'ann')")]
    public async Task ReadStamp_AnyPatternChanged_Differs(string change)
    {
        PatternStore patterns = await PrepareAsync();
        string before = await patterns.ReadStampAsync("transactions", TestContext.Current.CancellationToken);
        string again = await patterns.ReadStampAsync("transactions", TestContext.Current.CancellationToken);

        await database.ExecuteAsync(change);

        Assert.Equal(before, again);
        Assert.NotEqual(before, await patterns.ReadStampAsync("transactions", TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("UPDATE behavior_clusters SET radius = 9 WHERE domain = 'network'")]
    [InlineData("UPDATE behavior_clusters SET member_count = 11")]
    [InlineData("UPDATE threat_signatures SET description = 'more words'")]
    [InlineData("UPDATE anomaly_exceptions SET hit_count = hit_count + 1, last_hit_at = UTC_TIMESTAMP(6)")]
    public async Task ReadStamp_NothingInForceChanged_IsTheSame(string change)
    {
        PatternStore patterns = await PrepareAsync();
        string before = await patterns.ReadStampAsync("transactions", TestContext.Current.CancellationToken);

        await database.ExecuteAsync(change);

        Assert.Equal(before, await patterns.ReadStampAsync("transactions", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task ReadStamp_ConfigurationChangedAndBack_DiffersAndIsTheSame()
    {
        PatternStore patterns = await PrepareAsync();
        await database.ExecuteAsync(
            """
            INSERT INTO configuration_versions (domain, version, settings, is_active, reason, created_by)
            VALUES ('transactions', 1, '{}', 1, 'test', 'test'), ('transactions', 2, '{}', 0, 'test', 'test')
            """);
        string first = await patterns.ReadStampAsync("transactions", TestContext.Current.CancellationToken);

        await database.ExecuteAsync("UPDATE configuration_versions SET is_active = 0 WHERE version = 1");
        string none = await patterns.ReadStampAsync("transactions", TestContext.Current.CancellationToken);
        await database.ExecuteAsync("UPDATE configuration_versions SET is_active = 1 WHERE version = 2");
        string second = await patterns.ReadStampAsync("transactions", TestContext.Current.CancellationToken);
        await database.ExecuteAsync("UPDATE configuration_versions SET is_active = (version = 1) ORDER BY version DESC");

        Assert.Equal(3, new HashSet<string> { first, none, second }.Count);
        Assert.Equal(first, await patterns.ReadStampAsync("transactions", TestContext.Current.CancellationToken));
    }

    private async Task<PatternStore> PrepareAsync()
    {
        await database.ExecuteAsync(Rows);
        return new PatternStore(database.ConnectionString);
    }
}
