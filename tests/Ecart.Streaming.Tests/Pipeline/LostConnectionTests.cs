using System.Threading.Channels;
using Ecart.MariaDb.Writing;
using Ecart.Numerics;
using Ecart.Streaming.Pipeline;
using Ecart.Streaming.Sources;
using Ecart.TestKit;
using Xunit;

namespace Ecart.Streaming.Tests.Pipeline;

/// <summary>Connections killed at random moments, before, in and after COMMIT: nothing is lost and nothing doubled.</summary>
public sealed class LostConnectionTests(MariaDbFixture server)
{
    [Theory]
    [InlineData(61, RowFormat.LoadData)]
    [InlineData(62, RowFormat.Insert)]
    public Task Run_ConnectionsKilled_EqualsUnbrokenRun(ulong seed, RowFormat format) => KillAsync(seed, format);

    [Fact]
    public async Task Run_ConnectionsKilled_EqualsUnbrokenRun_Long()
    {
        Require.LongRun();
        for (ulong seed = 600; seed < 620; seed++) await KillAsync(seed, seed % 4 == 0 ? RowFormat.Insert : RowFormat.LoadData);
    }

    private async Task KillAsync(ulong seed, RowFormat format)
    {
        List<ReplayItem> items = CardStream.Mixed(seed);
        ReplayDatabase unbroken = await ReplayDatabase.CreateAsync(server);
        await unbroken.ReplayAsync(items);

        var random = new SeededRandom(seed);
        var orders = Channel.CreateUnbounded<int>();
        int failures = 0;
        ReplayDatabase database = (await ReplayDatabase.CreateAsync(server)).With(
            committer: new BatchCommitterOptions { Format = format, Retrying = (_, _) => Interlocked.Increment(ref failures) });
        Task<int> killer = ConnectionKiller.RunAsync(database.ConnectionString, orders.Reader);
        await database.ReplayAsync(items, i =>
        {
            if (i > 0 && random.Chance(0.12)) orders.Writer.TryWrite(random.Next(1000));
        });
        orders.Writer.Complete();
        int killed = await killer;

        TestContext.Current.SendDiagnosticMessage($"{killed} connections killed, {failures} attempts failed");
        Assert.True(killed > 30, $"{killed} killed");
        Assert.True(failures > 10, $"{failures} failures");
        StoredRows.AssertEqual(await unbroken.ReadAsync(), await database.ReadAsync());
    }
}
