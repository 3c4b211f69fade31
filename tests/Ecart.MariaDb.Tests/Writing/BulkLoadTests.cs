using System.Globalization;
using System.Text;
using Ecart.MariaDb.Writing;
using Ecart.Numerics;
using Ecart.TestKit;
using MySqlConnector;
using Xunit;

namespace Ecart.MariaDb.Tests.Writing;

/// <summary>Rows as <see cref="RowWriter"/> spells them and <see cref="BulkLoad"/> sends them, both ways, through a real server.</summary>
public sealed class BulkLoadTests(MariaDbFixture server) : IAsyncLifetime
{
    private static readonly string[] Columns = ["id", "words", "bytes", "number", "whole", "flag", "at", "place"];
    private MySqlConnection connection = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        connection = await StoreSession.OpenAsync(await server.CreateDatabaseAsync("rows", Cancellation), Cancellation);
        await ExecuteAsync(
            """
            CREATE TABLE sample (
                id INT NOT NULL PRIMARY KEY, words VARCHAR(200) COLLATE utf8mb4_nopad_bin NULL, bytes BLOB NULL, number DOUBLE NULL, whole BIGINT NULL,
                flag BOOLEAN NULL, at DATETIME(6) NULL, place VECTOR(8) NOT NULL)
            """);
        await ExecuteAsync(
            """
            CREATE TABLE strict (
                id INT NOT NULL PRIMARY KEY, name VARCHAR(5) NOT NULL, kind ENUM('online', 'pos') NOT NULL, money DECIMAL(5,2) NOT NULL,
                small TINYINT UNSIGNED NOT NULL, at DATETIME(6) NOT NULL, place VECTOR(3) NOT NULL)
            """);
    }

    public ValueTask DisposeAsync() => connection.DisposeAsync();

    [Theory]
    [InlineData(RowFormat.LoadData)]
    [InlineData(RowFormat.Insert)]
    public async Task LoadAsync_RandomRows_ComeBackBitForBit(RowFormat format)
    {
        var random = new SeededRandom(7);
        List<Sample> samples = [.. Enumerable.Range(0, 2000).Select(id => Sample.Random(id, random))];
        var rows = new RowWriter(format);
        foreach (Sample sample in samples) sample.Write(rows);
        await using (MySqlTransaction transaction = await connection.BeginTransactionAsync(Cancellation))
        {
            Assert.Null(await new BulkLoad(connection, transaction).LoadAsync("sample", Columns, rows, 0, rows.Rows, false, Cancellation));
            await transaction.CommitAsync(Cancellation);
        }

        await using var command = new MySqlCommand($"SELECT {string.Join(',', Columns)} FROM sample ORDER BY id", connection);
        await using MySqlDataReader reader = await command.ExecuteReaderAsync(Cancellation);
        foreach (Sample expected in samples)
        {
            Assert.True(await reader.ReadAsync(Cancellation));
            Assert.Equal(expected.Text, Sample.Read(reader).Text);
        }

        Assert.False(await reader.ReadAsync(Cancellation));
    }

    [Theory]
    [InlineData("name", "toolong")]
    [InlineData("kind", "fax")]
    [InlineData("kind", "")]
    [InlineData("money", "1000")]
    [InlineData("money", "1.234")]
    [InlineData("money", "abc")]
    [InlineData("small", "256")]
    [InlineData("small", "-1")]
    [InlineData("at", "2025-02-30 00:00:00")]
    [InlineData("place", "2 floats")]
    [InlineData("place", "4 floats")]
    [InlineData("id", "0")]
    [InlineData("name", null)]
    public async Task LoadAsync_RowThatTheServerWouldBend_IsRefusedInBothFormats(string column, string? value)
    {
        foreach (RowFormat format in Enum.GetValues<RowFormat>())
        {
            var rows = new RowWriter(format);
            for (int id = 0; id < 3; id++) WriteStrict(rows, id, id == 1 ? column : "", value);
            await using MySqlTransaction transaction = await connection.BeginTransactionAsync(Cancellation);
            var load = new BulkLoad(connection, transaction);
            string[] columns = ["id", "name", "kind", "money", "small", "at", "place"];
            Assert.NotNull(await load.LoadAsync("strict", columns, rows, 0, 3, false, Cancellation));
            await transaction.RollbackAsync(Cancellation);
        }
    }

    [Fact]
    public async Task LoadAsync_PartOfTheRows_SendsThoseAlone()
    {
        foreach (RowFormat format in Enum.GetValues<RowFormat>())
        {
            var rows = new RowWriter(format);
            for (int id = 0; id < 10; id++) WriteStrict(rows, id, "", null);
            await using MySqlTransaction transaction = await connection.BeginTransactionAsync(Cancellation);
            string[] columns = ["id", "name", "kind", "money", "small", "at", "place"];
            Assert.Null(await new BulkLoad(connection, transaction).LoadAsync("strict", columns, rows, 3, 7, false, Cancellation));
            await using (var command = new MySqlCommand("SELECT GROUP_CONCAT(id ORDER BY id) FROM strict", connection, transaction))
                Assert.Equal("3,4,5,6", await command.ExecuteScalarAsync(Cancellation));
            await transaction.RollbackAsync(Cancellation);
        }
    }

    [Fact]
    public void Clear_WrittenRows_LeavesNothing()
    {
        var rows = new RowWriter(RowFormat.LoadData);
        WriteStrict(rows, 1, "", null);
        rows.Clear();
        Assert.Equal((0, 0), (rows.Rows, rows.Length));
        rows.Number(5);
        rows.EndRow();
        Assert.Equal("5\n", Encoding.UTF8.GetString(rows.Slice(0, 1).Span));
    }

    private static void WriteStrict(RowWriter rows, int id, string column, string? value)
    {
        rows.Number(column == "id" ? int.Parse(value!, CultureInfo.InvariantCulture) : id);
        rows.Text(column == "name" ? value : "short");
        rows.Text(column == "kind" ? value : "pos");
        rows.Text(column == "money" ? value : "1.5");
        rows.Text(column == "small" ? value : "7");
        rows.Text(column == "at" ? value : "2025-02-28 01:02:03.000004");
        rows.Vector(new float[column == "place" ? value![0] - '0' : 3]);
        rows.EndRow();
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var command = new MySqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Cancellation);
    }
}
