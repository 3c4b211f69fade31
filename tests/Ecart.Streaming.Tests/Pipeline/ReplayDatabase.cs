using Ecart.Domains.Transactions;
using Ecart.MariaDb.Schema;
using Ecart.MariaDb.Writing;
using Ecart.Scoring;
using Ecart.Streaming.Pipeline;
using Ecart.Streaming.Sources;
using Ecart.TestKit;
using MySqlConnector;
using Xunit;

namespace Ecart.Streaming.Tests.Pipeline;

/// <summary>A migrated database and replays into it.</summary>
internal sealed class ReplayDatabase(string connectionString)
{
    public string ConnectionString => connectionString;

    public TransactionOptions Options { get; init; } = CardStream.Options;

    /// <summary>The table of another domain. Default transactions.</summary>
    public Func<IEventTable> MakeTable { get; init; } = static () => new TransactionTable();

    /// <summary>An engine of another domain. Default transactions by <see cref="Options"/>.</summary>
    public Func<IDomainEngine>? MakeEngine { get; init; }

    public PipelineOptions Pipeline { get; init; } = new() { BatchSize = 37, BatchesAhead = 3, BatchesInFlight = 3, CheckpointEvery = 300 };

    public BatchCommitterOptions Committer { get; init; } = new();

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    public static Task<ReplayDatabase> CreateAsync(MariaDbFixture server) => CreateAsync(server, static () => new TransactionTable(), null);

    /// <summary>One of another domain.</summary>
    public static async Task<ReplayDatabase> CreateAsync(MariaDbFixture server, Func<IEventTable> makeTable, Func<IDomainEngine>? makeEngine)
    {
        var database = new ReplayDatabase(await server.CreateDatabaseAsync("replay", TestContext.Current.CancellationToken))
        {
            MakeTable = makeTable,
            MakeEngine = makeEngine,
        };
        await database.MigrateAsync();
        return database;
    }

    /// <summary>The same database, replayed into with other settings.</summary>
    public ReplayDatabase With(PipelineOptions? pipeline = null, BatchCommitterOptions? committer = null, TimeProvider? clock = null) =>
        new(connectionString) { Options = Options, MakeTable = MakeTable, MakeEngine = MakeEngine, Pipeline = pipeline ?? Pipeline, Committer = committer ?? Committer, Clock = clock ?? Clock };

    public Task MigrateAsync() => new SchemaMigrator().MigrateAsync(connectionString, false, null, TestContext.Current.CancellationToken);

    public ReplayPipeline MakePipeline(IDomainStore? store = null) => new(
        connectionString, store ?? new DomainStore(connectionString, MakeTable), MakeEngine ?? (() => new TransactionEngine(Options)), Pipeline, Committer, Clock);

    /// <summary>Replays to the end.</summary>
    public async Task<ReplayPipeline> ReplayAsync(IReadOnlyList<ReplayItem> items, Action<int>? beforeItem = null)
    {
        ReplayPipeline pipeline = MakePipeline();
        Assert.True(await pipeline.RunAsync(() => new MemorySource(items, beforeItem), TestContext.Current.CancellationToken));
        return pipeline;
    }

    /// <summary>Replays until so many items are read, then stops.</summary>
    public async Task<bool> ReplayUntilAsync(IReadOnlyList<ReplayItem> items, int stopAt)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        return await MakePipeline().RunAsync(
            () => new MemorySource(items, i =>
            {
                if (i == stopAt) stop.Cancel();
            }),
            stop.Token);
    }

    public Task<StoredRows> ReadAsync() => StoredRows.ReadAsync(connectionString);

    public async Task<long> CountAsync(string sql)
    {
        await using var connection = new MySqlConnection(connectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new MySqlCommand(sql, connection);
        return Convert.ToInt64(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken), null);
    }

    public async Task ExecuteAsync(string sql)
    {
        await using var connection = new MySqlConnection(connectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new MySqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }
}
