using Ecart.MariaDb.Schema;
using Ecart.TestKit;
using MySqlConnector;
using Xunit;

namespace Ecart.MariaDb.Tests.Schema;

public sealed class SchemaTests(MariaDbFixture server) : IAsyncLifetime
{
    private ScratchDatabase database = null!;

    public async ValueTask InitializeAsync() => database = await ScratchDatabase.MigrateAsync(server);

    public ValueTask DisposeAsync() => database.DisposeAsync();

    [Fact]
    public async Task Migrations_FromEmpty_HaveEveryTable()
    {
        string[] expected =
        [
            "access_identities", "access_invitations", "access_keys", "access_sessions", "access_users", "account_spending_profiles", "alert_deliveries", "alert_delivery_alerts", "alert_history", "alert_outbox",
            "alert_route_sends", "alert_routes", "alert_threads", "anomaly_alerts", "anomaly_exceptions", "api_requests", "audit_log", "behavior_clusters", "calibration_candidates",
            "cluster_nodes", "cluster_versions", "configuration_versions", "consumer_offsets", "daily_total_positions", "daily_totals", "domain_migrations", "embedding_states", "entity_history", "entity_state", "event_keys", "event_labels", "events",
            "exception_hits", "exception_patterns", "feature_drift", "financial_transactions", "iot_device_profiles", "iot_measurements", "lanes", "model_activations", "model_artefacts",
            "network_connections", "network_profiles", "normal_profiles", "reference_exemplars", "rejected_events", "shared_state",
            "state_parts", "threat_signatures", "threshold_versions", "verdict_history",
        ];

        IReadOnlyList<string> tables = await database.QueryAsync(
            """
            SELECT table_name FROM information_schema.tables
            WHERE table_schema = DATABASE() AND table_type = 'BASE TABLE' AND table_name <> 'schema_migrations'
              AND engine = 'InnoDB' AND table_collation = 'utf8mb4_uca1400_ai_ci'
            """);

        Assert.Equal(expected, tables.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Migrations_FromEmpty_HaveEveryVectorWithItsDimensionAndIndex()
    {
        IReadOnlyList<string> vectors = await database.QueryAsync(
            """
            SELECT c.table_name, c.column_name, c.column_type, c.is_nullable, COALESCE(s.index_type, '-')
            FROM information_schema.columns AS c
            LEFT JOIN information_schema.statistics AS s
                   ON s.table_schema = c.table_schema AND s.table_name = c.table_name AND s.column_name = c.column_name
            WHERE c.table_schema = DATABASE() AND c.data_type = 'vector'
            ORDER BY c.table_name, c.column_name
            """);

        Assert.Equal(
            [
                "account_spending_profiles centroid vector(128) NO VECTOR",
                "behavior_clusters centroid vector(256) NO VECTOR",
                "events embedding vector(256) NO -",
                "events layout_embedding vector(256) YES -",
                "exception_patterns pattern vector(256) NO VECTOR",
                "financial_transactions embedding vector(128) NO -",
                "financial_transactions layout_embedding vector(128) YES -",
                "iot_device_profiles centroid vector(32) NO VECTOR",
                "iot_measurements embedding vector(32) NO -",
                "network_connections embedding vector(64) NO -",
                "network_connections layout_embedding vector(64) YES -",
                "network_profiles centroid vector(64) NO VECTOR",
                "normal_profiles centroid vector(256) NO VECTOR",
                "reference_exemplars embedding vector(256) NO VECTOR",
                "threat_signatures vector vector(256) NO VECTOR",
            ],
            vectors);
    }

    [Theory]
    [InlineData("account_spending_profiles", "centroid", 128)]
    [InlineData("behavior_clusters", "centroid", 256)]
    [InlineData("threat_signatures", "`vector`", 256)]
    [InlineData("exception_patterns", "pattern", 256)]
    [InlineData("reference_exemplars", "embedding", 256)]
    public async Task NearestSearch_OrderedByDistanceToAConstant_UsesTheVectorIndex(string table, string column, int dimension)
    {
        string zero = $"[{string.Join(',', Enumerable.Repeat("0", dimension))}]";

        IReadOnlyList<string> plan = await database.QueryAsync(
            $"EXPLAIN FORMAT=JSON SELECT * FROM {table} ORDER BY VEC_DISTANCE_EUCLIDEAN({column}, VEC_FromText('{zero}')) LIMIT 5");

        Assert.Contains($"\"key\": \"{column.Trim('`')}\"", plan[0]);
        Assert.DoesNotContain("filesort", plan[0]);
    }

    [Theory]
    [InlineData(127)]
    [InlineData(129)]
    public async Task Insert_VectorOfAnotherDimension_IsRefused(int dimension)
    {
        MySqlException exception = await Assert.ThrowsAsync<MySqlException>(() => InsertAsync(1, "a", dimension));

        Assert.Equal(1292, exception.Number);
    }

    [Fact]
    public async Task Insert_IdsThatDifferByCaseOrBlank_AreDifferentAccounts()
    {
        await InsertAsync(1, "a");
        await InsertAsync(2, "A");
        await InsertAsync(3, "a ");

        Assert.Equal(
            ["1"], await database.QueryAsync("SELECT COUNT(*) FROM financial_transactions WHERE account_id = 'a'"));
    }

    [Fact]
    public async Task FinancialTransactions_LocalTime_FollowsTheOffset()
    {
        // Friday 23:30 UTC is Saturday 01:30 at +02:00.
        await InsertAsync(1, "a", occurredAt: "2018-04-06 23:30:00", offsetMinutes: 120);

        Assert.Equal(
            ["1 5 True"],
            await database.QueryAsync("SELECT hour_of_day, day_of_week, is_weekend FROM financial_transactions"));
    }

    private Task InsertAsync(
        int seq, string account, int dimension = 128, string occurredAt = "2018-04-01 10:00:00", int offsetMinutes = 0) =>
        database.ExecuteAsync(
            $"""
            INSERT INTO financial_transactions
                (lane, seq, transaction_id, account_id, occurred_at, amount, scored_amount, channel, utc_offset_minutes, embedding,
                 embedding_version, configuration_version)
            VALUES (0, {seq}, 't{seq}', '{account}', '{occurredAt}', 1, 1, 'pos', {offsetMinutes}, REPEAT(x'00000000', {dimension}), 1, 1)
            """);

    [Fact]
    public async Task Delete_ExceptionAfterItsPattern_LeavesTheSearchIntact()
    {
        await database.ExecuteAsync(
            """
            INSERT INTO anomaly_exceptions (exception_id, domain, exception_type, reason, approved_by)
                SELECT seq, 'transactions', 'known_pattern', 'test', 'test' FROM seq_1_to_50;
            INSERT INTO exception_patterns (exception_id, pattern, radius, embedding_version)
                SELECT seq, VEC_FromText(CONCAT('[', seq, REPEAT(',0', 255), ']')), 1, 1 FROM seq_1_to_50;
            """);
        MySqlException refusal = await Assert.ThrowsAsync<MySqlException>(() => database.ExecuteAsync("DELETE FROM anomaly_exceptions WHERE exception_id = 10"));
        await database.ExecuteAsync(
            """
            DELETE FROM exception_patterns WHERE exception_id BETWEEN 10 AND 20;
            DELETE FROM anomaly_exceptions WHERE exception_id BETWEEN 10 AND 20;
            """);

        IReadOnlyList<string> nearest = await database.QueryAsync(
            """
            SELECT exception_id FROM exception_patterns
            ORDER BY VEC_DISTANCE_EUCLIDEAN(pattern, VEC_FromText(CONCAT('[14.9', REPEAT(',0', 255), ']'))) LIMIT 4
            """);

        Assert.Contains("exception_patterns_exception", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(["39"], await database.QueryAsync("SELECT COUNT(*) FROM exception_patterns"));
        Assert.Equal(["9", "21", "8", "22"], nearest);
    }
}
