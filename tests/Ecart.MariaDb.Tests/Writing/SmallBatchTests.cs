using Ecart.MariaDb.Writing;
using Ecart.Numerics;
using Ecart.TestKit;
using MySqlConnector;
using Xunit;

namespace Ecart.MariaDb.Tests.Writing;

/// <summary>Rows of several tables by one statement, through a real server.</summary>
public sealed class SmallBatchTests(MariaDbFixture server) : IAsyncLifetime
{
    private static readonly string[] SampleColumns = ["id", "words", "bytes", "number", "whole", "flag", "at", "place"];
    private static readonly string[] StrictColumns = ["id", "money"];
    private MySqlConnection connection = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        connection = await StoreSession.OpenAsync(await server.CreateDatabaseAsync("small", Cancellation), Cancellation);
        await using var command = new MySqlCommand(
            """
            CREATE TABLE sample (
                id INT NOT NULL PRIMARY KEY, words VARCHAR(200) COLLATE utf8mb4_nopad_bin NULL, bytes BLOB NULL, number DOUBLE NULL, whole BIGINT NULL,
                flag BOOLEAN NULL, at DATETIME(6) NULL, place VECTOR(8) NOT NULL);
            CREATE TABLE strict (id INT NOT NULL PRIMARY KEY, money DECIMAL(5,2) NOT NULL);
            """,
            connection);
        await command.ExecuteNonQueryAsync(Cancellation);
    }

    public ValueTask DisposeAsync() => connection.DisposeAsync();

    [Fact]
    public async Task TryLoadAsync_RandomRows_ComeBackBitForBit()
    {
        var random = new SeededRandom(11);
        List<Sample> samples = [.. Enumerable.Range(0, 200).Select(id => Sample.Random(id, random))];
        var rows = new RowWriter(RowFormat.Insert);
        foreach (Sample sample in samples) sample.Write(rows);

        Assert.True(await LoadAsync(rows, Strict(1, "9.99")));

        await using var command = new MySqlCommand($"SELECT {string.Join(',', SampleColumns)} FROM sample ORDER BY id", connection);
        await using MySqlDataReader reader = await command.ExecuteReaderAsync(Cancellation);
        foreach (Sample expected in samples)
        {
            Assert.True(await reader.ReadAsync(Cancellation));
            Assert.Equal(expected.Text, Sample.Read(reader).Text);
        }
    }

    [Theory]
    [InlineData("1000")]
    [InlineData("1.234")]
    [InlineData("abc")]
    public async Task TryLoadAsync_ValueThatWouldBeChanged_LoadsNothing(string money)
    {
        var rows = new RowWriter(RowFormat.Insert);
        Sample.Random(1, new SeededRandom(3)).Write(rows);

        Assert.False(await LoadAsync(rows, Strict(1, money)));

        await using var command = new MySqlCommand("SELECT (SELECT COUNT(*) FROM sample) + (SELECT COUNT(*) FROM strict)", connection);
        Assert.Equal(0L, Convert.ToInt64(await command.ExecuteScalarAsync(Cancellation), null));
    }

    private static RowWriter Strict(int id, string money)
    {
        var rows = new RowWriter(RowFormat.Insert);
        rows.Number(id);
        rows.Text(money);
        rows.EndRow();
        return rows;
    }

    private async Task<bool> LoadAsync(RowWriter samples, RowWriter strict)
    {
        await using MySqlTransaction transaction = await connection.BeginTransactionAsync(Cancellation);
        var small = new SmallBatch(connection, transaction);
        small.Add("strict", StrictColumns, strict);
        small.Add("sample", SampleColumns, samples);
        bool isLoaded = await small.TryLoadAsync(Cancellation);
        await transaction.CommitAsync(Cancellation);
        return isLoaded;
    }
}
