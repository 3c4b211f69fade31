using Ecart.MariaDb.Alerts;
using Ecart.MariaDb.Tests.Schema;
using Ecart.Scoring;
using Ecart.TestKit;
using Xunit;

namespace Ecart.MariaDb.Tests.Alerts;

public sealed class AlertBoardTests(MariaDbFixture server) : IAsyncLifetime
{
    private ScratchDatabase database = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => database = await ScratchDatabase.MigrateAsync(server);

    public ValueTask DisposeAsync() => database.DisposeAsync();

    [Theory]
    [InlineData(AlertSort.Newest)]
    [InlineData(AlertSort.Score)]
    [InlineData(AlertSort.Severity)]
    [InlineData(AlertSort.Updated)]
    public async Task List_TextOfOneAmongMany_GoesOnUntilItIsFound(AlertSort sort)
    {
        await AddAsync(2 * AlertQuery.Scanned + 100);
        var board = new AlertBoard(database.ConnectionString);
        var found = new List<string>();
        AlertPosition? next = null;
        do
        {
            (IReadOnlyList<Alert> alerts, next) = await board.ListAsync(new AlertFilter { Text = "NEEDLE" }, sort, next, 10, Cancellation);
            found.AddRange(alerts.Select(alert => alert.EventUid));
        }
        while (next is not null);

        Assert.Equal(["U1"], found);
    }

    [Theory]
    [InlineData(AlertSort.Newest, "by_time")]
    [InlineData(AlertSort.Score, "by_score")]
    [InlineData(AlertSort.Severity, "by_severity")]
    [InlineData(AlertSort.Updated, "by_change")]
    public async Task List_AnyOrder_ReadsOneIndexAndSortsOnlyThePage(AlertSort sort, string index)
    {
        await AddAsync(2000);
        var query = new AlertQuery(new AlertFilter { Statuses = [AlertStatus.New] }, sort, null, 51);

        IReadOnlyList<string> plan = await database.QueryAsync("EXPLAIN " + query.Sql!.Replace("@most", "51", StringComparison.Ordinal));

        Assert.Contains(plan, row => row.Contains($" {index} ", StringComparison.Ordinal));
        Assert.All(plan.Where(row => row.Contains($" {index} ", StringComparison.Ordinal)), row => Assert.DoesNotContain("filesort", row, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Count_MoreThanAnybodyNeeds_StopsCounting()
    {
        await AddAsync(AlertBoard.MostCounted + 10);

        IReadOnlyDictionary<AlertStatus, int> counts = await new AlertBoard(database.ConnectionString).CountAsync(Cancellation);

        Assert.Equal((AlertBoard.MostCounted, 0), (counts[AlertStatus.New], counts[AlertStatus.Resolved]));
    }

    [Fact]
    public async Task Work_CommentAndSeverity_AreKept()
    {
        await AddAsync(3);
        var work = new AlertWork(database.ConnectionString);

        IReadOnlyList<AlertActionResult> results = await work.DoAsync(
            new AlertAction(AlertActionKind.Comment, "ada") { Note = "odd" }, [3, 1, 3], new Dictionary<long, int> { [1] = 9 }, Cancellation);
        await Assert.ThrowsAsync<ArgumentException>(() => work.DoAsync(new AlertAction(AlertActionKind.Comment, "ada"), [1], null, Cancellation));
        await Assert.ThrowsAsync<ArgumentException>(() => work.DoAsync(new AlertAction(AlertActionKind.Take, "ada"), [], null, Cancellation));

        Assert.Equal([AlertActionOutcome.Done, AlertActionOutcome.Conflict, AlertActionOutcome.Done], results.Select(result => result.Outcome));
        Assert.Equal(["3 odd 2", "comment ada odd"], [.. await database.QueryAsync("SELECT alert_id, notes, revision FROM anomaly_alerts WHERE notes IS NOT NULL"), .. await database.QueryAsync("SELECT CONCAT(action), actor, note FROM alert_history")]);
        Assert.Equal(Severity.High, (await new AlertBoard(database.ConnectionString).FindAsync(3, Cancellation))!.Severity);
    }

    private Task AddAsync(int count) => database.ExecuteAsync(
        $$"""
          INSERT INTO anomaly_alerts (domain, event_uid, lane, seq, occurred_at, entity_type, entity_id, alert_type, severity, score, explanation, updated_at)
          SELECT 'transactions', CONCAT('U', s.seq), 1, s.seq, '2025-01-01' + INTERVAL s.seq MINUTE, 'account', CONCAT('A', s.seq % 50), 'combined', IF(s.seq = 1, 'low', 'high'),
                 0.5 + s.seq / 1000000, IF(s.seq = 1, '{"needle": 1}', '{}'), '2025-02-01' + INTERVAL s.seq SECOND
          FROM seq_1_to_{{count}} s
          """);
}
