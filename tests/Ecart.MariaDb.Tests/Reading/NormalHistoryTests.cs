using Ecart.MariaDb.Reading;
using Ecart.MariaDb.Tests.Sql;
using Ecart.MariaDb.Writing;
using Xunit;

namespace Ecart.MariaDb.Tests.Reading;

public sealed class NormalHistoryTests(SqlDatabase database) : IClassFixture<SqlDatabase>
{
    private readonly CancellationToken cancellation = TestContext.Current.CancellationToken;

    [Fact]
    public async Task ReadAsync_AllKindsOfEvents_TakesTheNormalOnesOfTheNewestVersion()
    {
        await database.ExecuteAsync("DELETE FROM financial_transactions");
        Assert.Null(await ReadAsync(30, 10));
        await new TransactionRow { Id = "normal", Account = "A", Embedding = UnitVector.At(1) }.StoreAsync(database);
        await new TransactionRow { Id = "false alarm", Account = "A", IsFlagged = true, IsConfirmedFraud = false, Embedding = UnitVector.At(2) }.StoreAsync(database);
        await new TransactionRow { Id = "flagged", Account = "A", IsFlagged = true, Embedding = UnitVector.At(3) }.StoreAsync(database);
        await new TransactionRow { Id = "fraud", Account = "A", IsConfirmedFraud = true, Embedding = UnitVector.At(4) }.StoreAsync(database);
        await new TransactionRow { Id = "late", Account = "A", IsLate = true, Embedding = UnitVector.At(5) }.StoreAsync(database);
        await new TransactionRow { Id = "old version", Account = "A", EmbeddingVersion = 9, OccurredAt = TransactionRow.Noon.AddDays(-1) }.StoreAsync(database);
        await new TransactionRow { Id = "old", Account = "A", OccurredAt = TransactionRow.Noon.AddDays(-31) }.StoreAsync(database);

        NormalEvents sample = (await ReadAsync(30, 10))!;

        Assert.Equal((1, 2L, 2), (sample.EmbeddingVersion, sample.Available, sample.Rows.Rows));
        Assert.Equal([UnitVector.At(2)[0], UnitVector.At(1)[0]], new[] { sample.Rows.Row(0)[0], sample.Rows.Row(1)[0] }.Order());
        Assert.Equal(3, (await ReadAsync(60, 10))!.Rows.Rows);
        Assert.Equal(1, (await ReadAsync(60, 1))!.Rows.Rows);
    }

    [Fact]
    public async Task ReadAsync_MoreThanWanted_TakesTheSameSampleAgain()
    {
        await database.ExecuteAsync("DELETE FROM financial_transactions");
        for (int i = 0; i < 300; i++) await new TransactionRow { Id = $"event {i}", Account = "A", Embedding = UnitVector.At(i / 100.0) }.StoreAsync(database);
        NormalEvents first = (await ReadAsync(1, 50))!;
        NormalEvents second = (await ReadAsync(1, 50))!;
        Assert.Equal((300L, 50), (first.Available, first.Rows.Rows));
        Assert.Equal(first.Rows.Values, second.Rows.Values);
    }

    private Task<NormalEvents?> ReadAsync(int days, int most) =>
        new NormalHistory(database.ConnectionString, new TransactionTable()).ReadEmbeddedAsync(TimeSpan.FromDays(days), most, null, cancellation);
}
