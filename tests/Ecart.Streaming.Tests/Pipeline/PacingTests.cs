using Ecart.Domains.Transactions;
using Ecart.MariaDb.Reading;
using Ecart.MariaDb.Writing;
using Ecart.Scoring;
using Ecart.Streaming.Pipeline;
using Ecart.Streaming.Sources;
using Ecart.TestKit;
using Microsoft.Extensions.Time.Testing;
using MySqlConnector;
using Xunit;

namespace Ecart.Streaming.Tests.Pipeline;

/// <summary>A replay at a multiple of the stream's own pace.</summary>
public sealed class PacingTests(MariaDbFixture server)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Run_AtSixtyTimesThePace_WritesEachEventWhenItIsDue()
    {
        // A minute apart: one a second. The last two are due together.
        DateTime start = new(2025, 3, 1, 12, 0, 0, DateTimeKind.Utc);
        TransactionEvent like = CardStream.Events(81, 2, 2)[0];
        int[] minutes = [0, 1, 2, 4, 3];
        List<TransactionEvent> events = [.. minutes.Select((minute, i) => CardStream.Copy(like, uid: $"paced {i}", at: start.AddMinutes(minute)))];
        var clock = new FakeTimeProvider();
        DateTimeOffset begun = clock.GetUtcNow();
        ReplayDatabase database = (await ReplayDatabase.CreateAsync(server)).With(new PipelineOptions { Speed = 60 }, clock: clock);
        var store = new WatchedStore(new DomainStore(database.ConnectionString, static () => new TransactionTable()), clock, events.Count);
        Task<bool> run = database.MakePipeline(store).RunAsync(
            () => new MemorySource(CardStream.Items(events)), TestContext.Current.CancellationToken);

        for (int i = 0; i < 3; i++)
        {
            await store.WrittenAsync(i).WaitAsync(Patience, TestContext.Current.CancellationToken);
            Assert.False(store.WrittenAsync(i + 1).IsCompleted);
            clock.Advance(TimeSpan.FromSeconds(minutes[i + 1] - minutes[i]));
        }

        Assert.True(await run.WaitAsync(Patience, TestContext.Current.CancellationToken));
        Assert.Equal([0, 1, 2, 4, 4], store.WrittenAt.Select(at => (at - begun).TotalSeconds));
        Assert.Equal(5, await database.CountAsync("SELECT COUNT(*) FROM financial_transactions"));
    }

    /// <summary>A store that tells when rows are spelled for the server.</summary>
    private sealed class WatchedStore(DomainStore inner, TimeProvider clock, int events) : IDomainStore
    {
        private readonly TaskCompletionSource[] written =
            [.. Enumerable.Range(0, events).Select(_ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously))];

        public string Domain => inner.Domain;

        public List<DateTimeOffset> WrittenAt { get; } = [];

        public Task WrittenAsync(int index) => written[index].Task;

        public IEventTable MakeTable() => new WatchedTable(inner.MakeTable(), this);

        public IAsyncEnumerable<LogEntry> ReadLogAsync(IReadOnlyList<LanePosition> lanes, CancellationToken cancellationToken) =>
            inner.ReadLogAsync(lanes, cancellationToken);

        public Task<IReadOnlyCollection<string>> ReadChangedEntitiesAsync(IReadOnlyList<LanePosition> lanes, CancellationToken cancellationToken) =>
            inner.ReadChangedEntitiesAsync(lanes, cancellationToken);

        public Task<Dictionary<UInt128, LabelledEvent>> FindAsync(
            MySqlConnection connection, IReadOnlyDictionary<UInt128, EventKey> keys, CancellationToken cancellationToken) =>
            inner.FindAsync(connection, keys, cancellationToken);

        public Task<Dictionary<UInt128, LabelledEvent>> FindCommittedAsync(IReadOnlyList<UInt128> keys, CancellationToken cancellationToken) =>
            inner.FindCommittedAsync(keys, cancellationToken);

        public Task EnsureRoomAsync(DateTime earliest, DateTime latest, CancellationToken cancellationToken) =>
            inner.EnsureRoomAsync(earliest, latest, cancellationToken);

        private void Wrote()
        {
            lock (WrittenAt)
            {
                WrittenAt.Add(clock.GetUtcNow());
                written[WrittenAt.Count - 1].SetResult();
            }
        }

        private sealed class WatchedTable(IEventTable inner, WatchedStore owner) : IEventTable
        {
            public string Domain => inner.Domain;

            public string Table => inner.Table;

            public int Dimension => inner.Dimension;

            public IReadOnlyList<string> Columns => inner.Columns;

            public string UidColumn => inner.UidColumn;

            public string EntityColumn => inner.EntityColumn;

            public string ScoreColumn => inner.ScoreColumn;

            public string FlagColumn => inner.FlagColumn;

            public string LabelColumn => inner.LabelColumn;

            public IReadOnlyList<string> ReadColumns => inner.ReadColumns;

            public ScoredEvent ReadRow(MySqlDataReader row, Verdict verdict) => inner.ReadRow(row, verdict);

            public void WriteRow(in ScoredEvent scored, RowWriter row)
            {
                inner.WriteRow(in scored, row);
                owner.Wrote();
            }
        }
    }
}
