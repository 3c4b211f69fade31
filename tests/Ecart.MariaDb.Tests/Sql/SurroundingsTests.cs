using Xunit;

namespace Ecart.MariaDb.Tests.Sql;

/// <summary>Evidence from what happened before: velocity, impossible travel, entity history.</summary>
public sealed class SurroundingsTests(SqlDatabase database) : IClassFixture<SqlDatabase>
{
    [Theory]
    [InlineData(2, 0, 0)]
    [InlineData(3, 0, 0)]
    [InlineData(4, 0, 0)]
    [InlineData(5, 0, 0)]
    [InlineData(6, 90, 30)]
    [InlineData(12, 90, 30)]
    public async Task Score_BurstOfTransactions_EqualsReference(int earlier, int hourCount, double days)
    {
        string account = $"burst {earlier} {hourCount}";
        int[] hours = new int[24];
        hours[12] = hourCount;
        // Nine observations are no profile, but its hours count.
        var profile = new ProfileRow { Account = account, Observations = 9, DaysObserved = days, HourlyCounts = hours };
        if (days > 0) await profile.StoreAsync(database);
        for (int i = 0; i < earlier; i++)
        {
            DateTime time = TransactionRow.Noon.AddMinutes(-i);
            await new TransactionRow { Id = $"{account} {i}", Account = account, OccurredAt = time }.StoreAsync(database);
        }

        await new TransactionRow { Id = account, Account = account }.StoreAsync(database);
        double expected = ReferenceFormulas.Velocity(earlier, ReferenceFormulas.VelocityExpectation(hourCount, days));
        Assert.Equal(expected, (await database.ScoreAsync(account)).Score);
    }

    [Fact]
    public async Task Score_EdgesOfTheWindow_CountsEarlierOnesOfTheSameTimeOnly()
    {
        DateTime noon = TransactionRow.Noon;
        (DateTime Time, bool IsLate)[] before =
        [
            (noon.AddMinutes(-60), false),
            (noon.AddMinutes(-60).AddMicroseconds(1), false),
            (noon, false),
            (noon.AddMicroseconds(1), false),
            (noon.AddMinutes(-1), true),
        ];
        foreach ((DateTime time, bool isLate) in before)
            await new TransactionRow { Id = $"edge {time:O}", Account = "edge", OccurredAt = time, IsLate = isLate }.StoreAsync(database);
        await new TransactionRow { Id = "edge", Account = "edge" }.StoreAsync(database);
        await new TransactionRow { Id = "edge after", Account = "edge" }.StoreAsync(database);
        await database.ExecuteAsync(
            """
            INSERT INTO configuration_versions (domain, version, settings, is_active, reason, created_by)
            VALUES ('transactions', 1, '{"velocity":{"rare":0.5}}', TRUE, 'test', 'test')
            """);
        SqlRow velocity = (await database.QueryAsync("CALL explain_transaction('edge')")).First(row => row.Text("code") == "velocity");
        await database.ExecuteAsync("DELETE FROM configuration_versions");
        Assert.Equal(2, velocity.Number("observed"));
        Assert.Equal(0.25, velocity.Number("expected"));
        Assert.Equal(ReferenceFormulas.PoissonUpperTail(2, 0.25), velocity.Number("significance")!.Value, 1e-12);
    }

    [Theory]
    [InlineData("pos", "atm", 30, true)]
    [InlineData("online", "atm", 30, false)]
    [InlineData("pos", "online", 30, false)]
    [InlineData("pos", "pos", 388, true)]
    [InlineData("pos", "pos", 390, false)]
    public async Task Score_ParisThenNewYork_IsImpossibleAbove900KmPerHour(string from, string to, int minutes, bool isImpossible)
    {
        // 5,837 km: 900 km/h take 389.1 minutes.
        string id = $"travel {from} {to} {minutes}";
        await new TransactionRow
        {
            Id = id + " before",
            Account = id,
            Channel = from,
            Latitude = 48.8566,
            Longitude = 2.3522,
            Country = "FR",
            OccurredAt = TransactionRow.Noon.AddMinutes(-minutes),
        }.StoreAsync(database);
        await new TransactionRow
        {
            Id = id,
            Account = id,
            Channel = to,
            Latitude = 40.7128,
            Longitude = -74.006,
            Country = "US",
        }.StoreAsync(database);
        Assert.Equal(isImpossible ? 0.5 : 0, (await database.ScoreAsync(id)).Score);
    }

    [Theory]
    [InlineData(0.89, false)]
    [InlineData(0.91, true)]
    public async Task Score_PlacesAtTheSameTime_NeedsAHundredKilometres(double degreesNorth, bool isImpossible)
    {
        string id = $"near {degreesNorth}";
        await new TransactionRow { Id = id + " before", Account = id, Channel = "pos", Latitude = 50, Longitude = 8 }.StoreAsync(database);
        await new TransactionRow
        {
            Id = id,
            Account = id,
            Channel = "pos",
            Latitude = 50 + degreesNorth,
            Longitude = 8,
        }.StoreAsync(database);
        SqlVerdict verdict = await database.ScoreAsync(id);
        Assert.Equal(isImpossible, verdict.Types.Contains("impossible_travel"));
    }

    [Theory]
    [InlineData("FR", "DE", 7199.999999, true)]
    [InlineData("FR", "DE", 7200, false)]
    [InlineData("FR", "FR", 60, false)]
    [InlineData(null, "DE", 60, false)]
    [InlineData("FR", null, 60, false)]
    public async Task Score_CountriesWithoutPosition_AreImpossibleWithinTwoHours(
        string? from, string? to, double seconds, bool isImpossible)
    {
        string id = $"country {from} {to} {seconds}";
        await new TransactionRow
        {
            Id = id + " before",
            Account = id,
            Channel = "pos",
            Country = from,
            Latitude = 48.8566,
            Longitude = 2.3522,
            OccurredAt = TransactionRow.Noon.AddMicroseconds(-seconds * 1e6),
        }.StoreAsync(database);
        await new TransactionRow { Id = id, Account = id, Channel = "atm", Country = to }.StoreAsync(database);
        Assert.Equal(isImpossible ? 0.5 : 0, (await database.ScoreAsync(id)).Score);
    }

    [Fact]
    public async Task Score_TiesInTime_TakesTheNewestLogEntryBefore()
    {
        foreach (string country in new[] { "DE", "FR" })
            await new TransactionRow { Id = "tie " + country, Account = "tie", Channel = "pos", Country = country }.StoreAsync(database);
        await new TransactionRow { Id = "tie", Account = "tie", Channel = "pos", Country = "FR" }.StoreAsync(database);
        await new TransactionRow { Id = "tie after", Account = "tie", Channel = "pos", Country = "US" }.StoreAsync(database);
        Assert.Equal(0, (await database.ScoreAsync("tie")).Score);
    }

    [Theory]
    [InlineData(20, 8, 0, 0)]
    [InlineData(20, 20, 0, 0)]
    [InlineData(0, 0, 20, 8)]
    [InlineData(100, 1, 100, 3)]
    public async Task Score_FraudHistory_TakesTheWorstEntity(int merchantEvents, int merchantFrauds, int deviceEvents, int deviceFrauds)
    {
        string id = $"history {merchantEvents} {merchantFrauds} {deviceEvents} {deviceFrauds}";
        DateTime day = TransactionRow.Noon.Date;
        await database.ExecuteAsync(
            """
            DELETE FROM entity_history;
            SET @d1 = TO_DAYS(@1), @d2 = TO_DAYS(@2), @d3 = TO_DAYS(@3), @d4 = TO_DAYS(@4);
            INSERT INTO entity_history (domain, entity_type, entity_id, newest_day, days) VALUES
                ('transactions', 'domain', '', @3, CONCAT('[[', @d4, ',70000,900],[', @d2, ',5000,9],[', @d1, ',4000,11],[', @d3, ',70000,900]]')),
                ('transactions', 'merchant', @0, @3, CONCAT('[[', @d1, ',', @5, ',', @6, '],[', @d3, ',10,10]]')),
                ('transactions', 'device', @0, @2, CONCAT('[[', @d4, ',10,10],[', @d2, ',', @7, ',', @8, ']]'))
            """,
            id, day.AddDays(-7), day.AddDays(-36), day.AddDays(-6), day.AddDays(-37),
            merchantEvents, merchantFrauds, deviceEvents, deviceFrauds);
        await new TransactionRow { Id = id, Account = id, Merchant = id, Device = id, Address = "10.0.0.1" }.StoreAsync(database);
        double merchant = ReferenceFormulas.EntityHistory(merchantEvents, merchantFrauds, 9000, 20);
        double device = ReferenceFormulas.EntityHistory(deviceEvents, deviceFrauds, 9000, 20);
        SqlVerdict verdict = await database.ScoreAsync(id);
        Assert.Equal(Math.Max(merchant, device), verdict["entity_history"], 1e-6);
        Assert.Contains(merchant >= device ? "merchant" : "device", verdict.Details["entity_history"], StringComparison.Ordinal);
    }
}
