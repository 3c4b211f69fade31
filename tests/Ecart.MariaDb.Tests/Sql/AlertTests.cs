using System.Text.Json;
using MySqlConnector;
using Xunit;

namespace Ecart.MariaDb.Tests.Sql;

/// <summary>What score_transaction writes besides its row.</summary>
public sealed class AlertTests(SqlDatabase database) : IClassFixture<SqlDatabase>
{
    [Fact]
    public async Task Score_FlaggedTwice_RaisesOneAlertWithOneOutboxRow()
    {
        await StoreFlaggedAsync("twice");
        Assert.True((await database.ScoreAsync("twice")).Flagged);
        await database.ExecuteAsync("UPDATE anomaly_alerts SET status = 'investigating' WHERE event_uid = 'twice'");
        Assert.True((await database.ScoreAsync("twice")).Flagged);
        SqlRow alert = Assert.Single(await AlertsAsync("twice"));
        Assert.Equal("investigating", alert.Text("status"));
        Assert.Equal("medium", alert.Text("severity"));
        Assert.Equal("combined", alert.Text("alert_type"));
        Assert.Equal("twice", alert.Text("entity_id"));
        SqlRow outbox = Assert.Single(await database.QueryAsync("SELECT * FROM alert_outbox WHERE event_uid = 'twice'"));
        Assert.Equal("pending", outbox.Text("state"));
        Assert.Equal("dashboard", outbox.Text("route"));
    }

    [Fact]
    public async Task Score_Flagged_TellsTheWholeStory()
    {
        await StoreFlaggedAsync("story");
        await database.ScoreAsync("story");
        SqlRow alert = Assert.Single(await AlertsAsync("story"));
        using JsonDocument explanation = JsonDocument.Parse(alert.Text("explanation")!);
        Assert.Equal(0.5, explanation.RootElement.GetProperty("threshold").GetDouble());
        JsonElement features = explanation.RootElement.GetProperty("features");
        Assert.Equal("""{"observed": 60000, "threshold": 10000}""", features.GetProperty("high_amount").GetRawText());
        Assert.Equal(60_000, features.GetProperty("very_high_amount").GetProperty("observed").GetDouble());
        string[] details =
        [
            "Amount 60000.00 is above 10000.",
            "Amount 60000.00 is even above 50000.",
            "This account has 0 normal transactions so far; 10 make a profile.",
        ];
        JsonElement reason = explanation.RootElement.GetProperty("reason");
        Assert.Equal(details, reason.EnumerateArray().Select(part => part.GetProperty("detail").GetString()));
        SqlRow outbox = Assert.Single(await database.QueryAsync("SELECT payload FROM alert_outbox WHERE event_uid = 'story'"));
        using JsonDocument payload = JsonDocument.Parse(outbox.Text("payload")!);
        JsonElement message = payload.RootElement;
        Assert.Equal("story", message.GetProperty("event_uid").GetString());
        Assert.Equal(0.5, message.GetProperty("anomaly_score").GetDouble());
        Assert.Equal("2026-03-10T12:00:00.000000Z", message.GetProperty("timestamp").GetString());
        Assert.Equal("high_amount", message.GetProperty("reasons")[0].GetProperty("type").GetString());
    }

    [Theory]
    [InlineData("online", 60_000, "combined")]
    [InlineData("pos", 50, "velocity")]
    public async Task Score_Flagged_NamesTheKindOfItsSoleContributor(string channel, double amount, string type)
    {
        string id = $"kind {type}";
        await new TransactionRow { Id = id + " before", Account = id, Channel = channel, Country = "FR" }.StoreAsync(database);
        await new TransactionRow { Id = id, Account = id, Channel = channel, Country = "US", Amount = amount }.StoreAsync(database);
        await database.ScoreAsync(id);
        Assert.Equal(type, Assert.Single(await AlertsAsync(id)).Text("alert_type"));
    }

    [Fact]
    public async Task Score_NotFlagged_RaisesNothing()
    {
        await new TransactionRow { Id = "quiet", Account = "quiet", Amount = 20_000 }.StoreAsync(database);
        Assert.False((await database.ScoreAsync("quiet")).Flagged);
        Assert.Empty(await AlertsAsync("quiet"));
    }

    [Fact]
    public async Task Score_InTransactionRolledBack_LeavesNothing()
    {
        await StoreFlaggedAsync("rolled back");
        await using MySqlConnection connection = await database.OpenAsync();
        await using MySqlTransaction transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using var command = new MySqlCommand("CALL score_transaction('rolled back', @s, @f, @r)", connection, transaction);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        await transaction.RollbackAsync(TestContext.Current.CancellationToken);
        Assert.Empty(await AlertsAsync("rolled back"));
        Assert.Null(await database.NumberAsync("SELECT fraud_score FROM financial_transactions WHERE transaction_id = 'rolled back'"));
    }

    [Fact]
    public async Task Score_FailureOnTheWay_LeavesTheRowAsItWas()
    {
        await StoreFlaggedAsync("failing");
        await database.ExecuteAsync(
            """
            CREATE TRIGGER refuse BEFORE INSERT ON alert_outbox FOR EACH ROW
            IF NEW.event_uid = 'failing' THEN SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'disk is full'; END IF
            """);
        var error = await Assert.ThrowsAsync<MySqlException>(() => database.ScoreAsync("failing"));
        Assert.Equal("disk is full", error.Message);
        Assert.Empty(await AlertsAsync("failing"));
        Assert.Null(await database.NumberAsync("SELECT fraud_score FROM financial_transactions WHERE transaction_id = 'failing'"));
    }

    [Fact]
    public async Task Score_ConfigurationOfOthersLimits_IsObeyed()
    {
        await StoreFlaggedAsync("configured");
        await database.ExecuteAsync(
            """
            INSERT INTO configuration_versions (domain, version, settings, is_active, reason, created_by)
            VALUES ('transactions', 4, '{"high_amount":{"contribution":0.45},"severity":{"low":0.1}}', TRUE, 'test', 'test'),
                   ('transactions', 5, '{"high_amount":{"contribution":0.01}}', FALSE, 'test', 'test')
            """);
        SqlVerdict verdict = await database.ScoreAsync("configured");
        SqlRow row = (await database.QueryAsync("SELECT * FROM financial_transactions WHERE transaction_id = 'configured'"))[0];
        string low = (await database.QueryAsync("SELECT ecart_severity(ecart_settings('transactions'), 0.1) AS s"))[0].Text("s")!;
        await database.ExecuteAsync("DELETE FROM configuration_versions");
        Assert.Equal(0.75, verdict.Score);
        Assert.Equal("high", row.Text("severity"));
        Assert.Equal(4, row.Number("configuration_version"));
        Assert.Equal("low", low);
    }

    private Task StoreFlaggedAsync(string id) => new TransactionRow { Id = id, Account = id, Amount = 60_000 }.StoreAsync(database);

    private Task<IReadOnlyList<SqlRow>> AlertsAsync(string id) =>
        database.QueryAsync("SELECT * FROM anomaly_alerts WHERE event_uid = @0", id);
}
