using Xunit;

namespace Ecart.MariaDb.Tests.Sql;

/// <summary>Settings, the views of the first look, and that every routine runs with its caller's rights.</summary>
public sealed class SettingsAndViewsTests(SqlDatabase database) : IClassFixture<SqlDatabase>
{
    [Fact]
    public async Task Setting_ActiveVersion_IsReadAndElseNull()
    {
        await database.ExecuteAsync(
            """
            INSERT INTO configuration_versions (domain, version, settings, is_active, reason, created_by) VALUES
                ('settings', 1, '{"velocity":{"rare":0.5}}', FALSE, 'test', 'test'),
                ('settings', 2, '{"velocity":{"rare":1e-7,"note":"x","none":null},"channels":["pos"]}', TRUE, 'test', 'test')
            """);
        Assert.Equal(1e-7, await database.NumberAsync("SELECT ecart_setting('settings', '$.velocity.rare') AS v"));
        Assert.Null(await database.NumberAsync("SELECT ecart_setting('settings', '$.velocity.absent') AS v"));
        Assert.Null(await database.NumberAsync("SELECT ecart_setting('settings', '$.velocity.note') AS v"));
        Assert.Null(await database.NumberAsync("SELECT ecart_setting('nowhere', '$.velocity.rare') AS v"));
        Assert.Equal("x", await TextAsync("SELECT ecart_setting_text('settings', '$.velocity.note') AS v"));
        Assert.Equal("[\"pos\"]", await TextAsync("SELECT ecart_setting_text('settings', '$.channels') AS v"));
        Assert.Null(await TextAsync("SELECT ecart_setting_text('settings', '$.velocity.none') AS v"));
        Assert.Equal("2", await TextAsync("SELECT JSON_VALUE(ecart_settings('settings'), '$.behavior_distance.scale') AS v"));
    }

    [Fact]
    public async Task RecentAlerts_ScoredTransaction_TellsReasonInPlainText()
    {
        await new TransactionRow { Id = "view", Account = "view", Amount = 60_000, Merchant = "m" }.StoreAsync(database);
        await database.ScoreAsync("view");
        SqlRow row = Assert.Single(await database.QueryAsync("SELECT * FROM v_recent_alerts WHERE entity_id = 'view'"));
        Assert.StartsWith("Amount 60000.00 is above 10000. Amount 60000.00 is even above 50000.", row.Text("reason"), StringComparison.Ordinal);
        Assert.Equal(60_000, row.Number("amount"));
        Assert.Equal("m", row.Text("merchant_id"));
    }

    [Fact]
    public async Task AccountOverview_Account_CountsItsLastDays()
    {
        await new ProfileRow { Account = "overview" }.StoreAsync(database);
        DateTime today = await database.TodayAsync();
        foreach (int daysAgo in new[] { 0, 5, 50 })
        {
            var row = new TransactionRow
            {
                Id = $"overview {daysAgo}",
                Account = "overview",
                OccurredAt = today.AddDays(-daysAgo),
                Amount = 60_000,
            };
            await row.StoreAsync(database);
            await database.ScoreAsync(row.Id);
        }

        SqlRow overview = Assert.Single(await database.QueryAsync("SELECT * FROM v_account_overview WHERE account_id = 'overview'"));
        Assert.Equal(2, overview.Number("transactions_30_days"));
        Assert.Equal(2, overview.Number("alerts_30_days"));
        Assert.Equal(3, overview.Number("open_alerts"));
    }

    [Fact]
    public async Task Surface_EveryRoutineAndView_RunsWithTheCallersRights()
    {
        IReadOnlyList<SqlRow> others = await database.QueryAsync(
            """
            SELECT routine_name AS name FROM information_schema.routines WHERE routine_schema = DATABASE() AND security_type <> 'INVOKER'
            UNION ALL SELECT table_name FROM information_schema.views WHERE table_schema = DATABASE() AND security_type <> 'INVOKER'
            """);
        Assert.Empty(others.Select(row => row.Text("name")));
    }

    private async Task<string?> TextAsync(string sql) => Assert.Single(await database.QueryAsync(sql)).Text("v");
}
