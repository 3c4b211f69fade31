using System.Text.RegularExpressions;
using Ecart.TestKit;
using Xunit;

namespace Ecart.MariaDb.Tests.Sql;

/// <summary>The examples of docs/reference/sql.md run as they stand.</summary>
public sealed partial class ReferenceExampleTests(SqlDatabase database) : IClassFixture<SqlDatabase>
{
    [Fact]
    public async Task Examples_OnEmptyDatabase_Run()
    {
        IReadOnlyList<string> examples = await ExamplesAsync("");
        Assert.True(examples.Count >= 12);
        foreach (string example in examples) await database.QueryAsync(example);
    }

    [Fact]
    public async Task Examples_NeedingATransaction_RunWithOne()
    {
        await new TransactionRow { Id = "T1", Account = "A1", Amount = 60_000 }.StoreAsync(database);
        IReadOnlyList<string> examples = await ExamplesAsync(" needs-data");
        Assert.Equal(2, examples.Count);
        foreach (string example in examples) Assert.NotEmpty(await database.QueryAsync(example));
    }

    [Theory]
    [InlineData(
        " needs-connection",
        3,
        """
        INSERT INTO network_connections (lane, seq, connection_id, occurred_at, src_ip, dst_ip, dst_port, protocol, embedding, embedding_version, configuration_version, reasons)
        VALUES (0, 1, 'C1', UTC_TIMESTAMP(6), '10.0.0.1', '198.51.100.1', 443, 'tcp', REPEAT(CHAR(0), 256), 1, 1,
            '[{"type": "rule", "score": 0.5, "detail": "Rule at_night matched."}]')
        """)]
    [InlineData(
        " needs-event",
        2,
        """
        INSERT INTO events (lane, seq, domain, event_uid, occurred_at, entity_type, entity_id, event_type, data, embedding, embedding_version, configuration_version)
        VALUES (0, 1, 'user_behavior', 'U1', UTC_TIMESTAMP(6), 'user', 'anna', 'login', '{}', REPEAT(CHAR(0), 1024), 1, 1)
        """)]
    [InlineData(
        " needs-device",
        2,
        """
        INSERT INTO iot_device_profiles (device_id, signal_name, measurement_type, centroid, observation_count, distance_mean, distance_std, warning_distance,
            critical_distance, embedding_version, configuration_version, lane, seq)
        VALUES ('pump-3', 'bearing', 'temperature', REPEAT(CHAR(0), 128), 100, 2, 1, 5, 8, 1, 1, 0, 1)
        """)]
    public async Task Examples_NeedingARow_RunWithOne(string kind, int count, string insert)
    {
        await database.ExecuteAsync(insert);
        IReadOnlyList<string> examples = await ExamplesAsync(kind);
        Assert.Equal(count, examples.Count);
        foreach (string example in examples) Assert.NotEmpty(await database.QueryAsync(example));
    }

    private static async Task<IReadOnlyList<string>> ExamplesAsync(string kind)
    {
        string path = Path.Combine(RepositoryRoot.Path, "docs", "reference", "sql.md");
        string text = await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);
        return [.. Block().Matches(text).Where(block => block.Groups[1].Value == kind).Select(block => block.Groups[2].Value)];
    }

    [GeneratedRegex("^```sql([^\n]*)\n(.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();
}
