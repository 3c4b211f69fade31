using Ecart.Embedded;
using Ecart.MariaDb.Writing;
using Ecart.Streaming.Pipeline;
using Ecart.Streaming.Sources;
using Ecart.TestKit;
using Xunit;

namespace Ecart.Streaming.Tests.Pipeline;

/// <summary>The server goes away during a replay.</summary>
public sealed class OutageTests(MariaDbFixture shared)
{
    private readonly List<ReplayItem> items = CardStream.Mixed(71, accounts: 30, days: 8);

    [Fact]
    public async Task Run_ServerRestartsMeanwhile_GoesOn()
    {
        StoredRows expected = await UnbrokenAsync();
        using TestFolder folder = TestFolder.Create("outage");
        EmbeddedMariaDb server = await StartAsync(folder);
        try
        {
            var database = new ReplayDatabase(server.ConnectionString);
            await database.MigrateAsync();
            Task? restart = null;
            int failures = 0;
            database = database.With(committer: new BatchCommitterOptions { Retrying = (_, _) => Interlocked.Increment(ref failures) });

            await database.ReplayAsync(items, i =>
            {
                if (i == items.Count / 3) restart = Task.Run(async () =>
                {
                    await server.DisposeAsync();
                    server = await StartAsync(folder);
                });
            });

            await restart!;
            Assert.True(failures > 0);
            StoredRows.AssertEqual(expected, await database.ReadAsync());
        }
        finally
        {
            await server.DisposeAsync();
        }
    }

    [Fact]
    public async Task Run_ServerGoneForGood_SaysWhyAndResumesLater()
    {
        StoredRows expected = await UnbrokenAsync();
        using TestFolder folder = TestFolder.Create("gone");
        EmbeddedMariaDb server = await StartAsync(folder);
        try
        {
            var database = new ReplayDatabase(server.ConnectionString);
            await database.MigrateAsync();
            database = database.With(committer: new BatchCommitterOptions { GiveUpAfter = TimeSpan.FromSeconds(1) });
            Task? stop = null;

            var error = await Assert.ThrowsAsync<StoreUnavailableException>(() => database.ReplayAsync(items, i =>
            {
                if (i == items.Count / 3) stop = Task.Run(async () => await server.DisposeAsync());
            }));

            await stop!;
            Assert.Contains("The store has failed for 1 s", error.Message, StringComparison.Ordinal);
            Assert.NotNull(error.InnerException);
            Assert.Contains(error.InnerException.Message, error.Message, StringComparison.Ordinal);

            server = await StartAsync(folder);
            await database.ReplayAsync(items);
            StoredRows.AssertEqual(expected, await database.ReadAsync());
        }
        finally
        {
            await server.DisposeAsync();
        }
    }

    private async Task<StoredRows> UnbrokenAsync()
    {
        ReplayDatabase database = await ReplayDatabase.CreateAsync(shared);
        await database.ReplayAsync(items);
        return await database.ReadAsync();
    }

    private static Task<EmbeddedMariaDb> StartAsync(TestFolder folder) => EmbeddedMariaDb.StartAsync(
        new EmbeddedMariaDbOptions
        {
            DataFolder = Path.Combine(folder.Path, "data"),
            BufferPoolBytes = 128 << 20,
            LogFileBytes = 16 << 20,
            VectorCacheBytes = 16 << 20,
        },
        cancellationToken: TestContext.Current.CancellationToken);
}
