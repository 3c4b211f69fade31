using Ecart.MariaDb.Writing;
using System.Globalization;
using System.Text;
using Ecart.Domains.Transactions;
using Ecart.Numerics;
using Ecart.Streaming.Live;
using Ecart.Streaming.Pipeline;
using Ecart.Streaming.Sources.FollowedFile;
using Ecart.Streaming.Tests.Files;
using Ecart.Streaming.Tests.Pipeline;
using Ecart.TestKit;
using Xunit;

namespace Ecart.Streaming.Tests.Sources.FollowedFile;

public sealed class FollowedFileRestartTests(MariaDbFixture server)
{
    private const int Lines = 600;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task RunAsync_StoppedAndRotatedAtRandom_StoresEveryLineOnce(ulong seed)
    {
        ReplayDatabase database = await ReplayDatabase.CreateAsync(server);
        using var file = new GrowingFile();
        var random = new SeededRandom(seed);
        var half = new StringBuilder();
        int written = 1;
        int broken = 0;
        int rotations = 0;
        var durable = new DurableCount();
        file.Append(FileCase.Header + FileCase.Row("u0"));
        while (written < Lines)
        {
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
            using var pipeline = new LivePipeline(
                database.ConnectionString,
                new DomainStore(database.ConnectionString, static () => new TransactionTable()),
                _ => Task.FromResult<Scoring.IDomainEngine>(new TransactionEngine(database.Options)),
                database.Pipeline,
                database.Committer,
                TimeProvider.System);
            Task running = pipeline.RunAsync([new ToldSource(file.Source(), durable)], stop.Token);
            await durable.WaitForAsync(1);
            for (int i = random.Next(1, 80); i > 0 && written < Lines; i--)
            {
                bool isBroken = random.Chance(0.05);
                string line = isBroken ? string.Create(CultureInfo.InvariantCulture, $"broken {written}\n") : FileCase.Row($"u{written}");
                if (isBroken) broken++;
                half.Append(line);
                written++;
                int part = random.Next(0, half.Length);
                file.Append(half.ToString(0, part));
                half.Remove(0, part);
                if (!random.Chance(0.03)) continue;
                file.Append(half.ToString());
                half.Clear();
                File.Move(file.Path, file.Rotated($".{++rotations:D4}"));
                file.Append(FileCase.Header);
            }

            if (written == Lines) file.Append(half.ToString());
            await durable.WaitForAsync(written == Lines ? Lines : random.Next(durable.Count, written - half.ToString().Count(character => character == '\n')));
            await stop.CancelAsync();
            try
            {
                await running;
            }
            catch (OperationCanceledException)
            {
                // Stopped before it began: that, too, may happen to a service.
            }
        }

        Assert.Equal((Lines, 0), (durable.Count, durable.Repeated));
        Assert.Equal(Lines - broken, await database.CountAsync("SELECT COUNT(DISTINCT transaction_id) FROM financial_transactions"));
        Assert.Equal(Lines - broken, await database.CountAsync("SELECT COUNT(*) FROM financial_transactions"));
        Assert.Equal(broken, await database.CountAsync("SELECT COUNT(*) FROM rejected_events WHERE reason = 'malformed'"));
        Assert.True(rotations > 3);
    }
}
