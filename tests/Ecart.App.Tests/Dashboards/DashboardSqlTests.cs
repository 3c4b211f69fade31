using MySqlConnector;
using Xunit;

namespace Ecart.App.Tests.Dashboards;

/// <summary>Every statement of the dashboards, made as Grafana makes it, on a store with data, by the user that may read no more than they need.</summary>
public sealed class DashboardSqlTests(StockedStore store) : IClassFixture<StockedStore>
{
    private static readonly GrafanaQuery Grafana = new(
        StockedStore.From,
        StockedStore.To,
        new Dictionary<string, string[]>
        {
            ["domain"] = ["transactions", "network", "iot"],
            ["severity"] = ["low", "medium", "high", "critical"],
            ["device"] = ["pump", "fan"],
            ["signal"] = ["motor", "speed"],
            ["address"] = [""],
        });

    public static TheoryData<string> Names => [.. Dashboard.All.Where(dashboard => dashboard.Statements.Any()).Select(dashboard => dashboard.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Statements_OnAStoreWithData_GiveRows(string name)
    {
        foreach (DashboardQuery statement in Dashboard.All.Single(dashboard => dashboard.Name == name).Statements)
        {
            try
            {
                (int rows, IReadOnlyList<string> columns) = await store.AskAsync(Grafana.Sql(statement.Query));
                Assert.True(rows > 0, $"{statement.Place} gives no row:\n{Grafana.Sql(statement.Query)}");
                Assert.Equal(columns.Count, columns.Distinct(StringComparer.OrdinalIgnoreCase).Count());
            }
            catch (MySqlException error)
            {
                Assert.Fail($"{statement.Place}: {error.Message}\n{Grafana.Sql(statement.Query)}");
            }
        }
    }

    /// <summary>What a person types into a variable stays a text.</summary>
    [Fact]
    public async Task Statements_HostileVariable_FindNothingAndDoNoHarm()
    {
        var hostile = new GrafanaQuery(StockedStore.From, StockedStore.To, new Dictionary<string, string[]> { ["address"] = ["' OR '1'='1"] });
        DashboardQuery connections = Dashboard.All.Single(dashboard => dashboard.Name == "network").Statements
            .Single(statement => statement.Place.StartsWith("network, Suspicious connections, ", StringComparison.Ordinal));

        Assert.Equal(0, (await store.AskAsync(hostile.Sql(connections.Query))).Rows);
    }

    [Theory]
    [InlineData("SELECT * FROM access_users")]
    [InlineData("SELECT * FROM access_keys")]
    [InlineData("SELECT payload FROM rejected_events")]
    [InlineData("SELECT state FROM entity_state")]
    [InlineData("UPDATE anomaly_alerts SET status = 'resolved'")]
    public async Task Reader_BeyondTheDashboards_IsRefused(string sql)
    {
        MySqlException refused = await Assert.ThrowsAsync<MySqlException>(() => store.AskAsync(sql));

        Assert.Contains("denied", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Events_OfAStretchOfADomain_ReadItsMonthsAlone()
    {
        IReadOnlyList<string> months = await store.ReadPartitionsAsync(
            "SELECT COUNT(*) FROM v_events WHERE domain = 'network' AND occurred_at BETWEEN '2026-03-02' AND '2026-03-03'");

        // Events of domains without a table of their own are found by the domain's name.
        Assert.Equal(["p202603", "p_max"], months.Order(StringComparer.Ordinal));
    }
}
