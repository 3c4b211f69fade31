using Ecart.Alerting.Targets;
using Ecart.MariaDb.Delivery;
using Ecart.Streaming.Delivery;
using Ecart.Streaming.Tests.Pipeline;
using Ecart.TestKit;
using MySqlConnector;
using Xunit;

namespace Ecart.Streaming.Tests.Delivery;

/// <summary>A migrated database, a receiver, and dispatchers between them.</summary>
internal sealed class DeliveryCase : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly CancellationTokenSource giveUp = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

    private DeliveryCase(ReplayDatabase database, HttpReceiver receiver)
    {
        Database = database;
        Receiver = receiver;
        giveUp.CancelAfter(Patience);
    }

    public ReplayDatabase Database { get; }

    public HttpReceiver Receiver { get; }

    public List<string> Reports { get; } = [];

    public CancellationToken GiveUp => giveUp.Token;

    public static async Task<DeliveryCase> CreateAsync(MariaDbFixture server) => new(await ReplayDatabase.CreateAsync(server), await HttpReceiver.StartAsync());

    /// <summary>A signed webhook at the receiver; its path is its name.</summary>
    public AlertRoute Route(string name, Func<OutboxAlert, bool>? takes = null, TimeSpan groupWindow = default) => new()
    {
        Rule = new RouteRule { Name = name, Takes = takes, GroupWindow = groupWindow },
        OpenTarget = () => new WebhookTarget(new Uri(Receiver.Address, name), "secret", TimeSpan.FromSeconds(10), TimeProvider.System),
        FirstBackoff = TimeSpan.FromMilliseconds(20),
        LongestBackoff = TimeSpan.FromMilliseconds(100),
        BreakerPause = TimeSpan.FromSeconds(0.5),
    };

    public AlertDispatcher Dispatcher(params IReadOnlyList<AlertRoute> routes) => new(
        Database.ConnectionString,
        new DispatcherOptions
        {
            Domain = "transactions",
            Routes = routes,
            Interval = TimeSpan.FromMilliseconds(20),
            Report = text =>
            {
                lock (Reports) Reports.Add(text);
            },
        },
        TimeProvider.System);

    /// <summary>Runs a dispatcher for as long as the work takes.</summary>
    public async Task RunAsync(AlertDispatcher dispatcher, Func<Task> work)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(GiveUp);
        Task running = dispatcher.RunAsync(stop.Token);
        try
        {
            await work();
        }
        finally
        {
            await stop.CancelAsync();
        }

        await running;
    }

    public async Task UntilAsync(Func<Task<bool>> isReached)
    {
        while (!await isReached()) await Task.Delay(10, GiveUp);
    }

    /// <summary>Waits until nothing is pending any more, or so many messages are in a state.</summary>
    public Task UntilAsync(string state, int count) =>
        UntilAsync(async () => await Database.CountAsync($"SELECT COUNT(*) FROM alert_deliveries WHERE state = '{state}'") == count);

    public Task SetStatusAsync(string uid, string status) => Database.ExecuteAsync($"UPDATE anomaly_alerts SET status = '{status}' WHERE event_uid = '{uid}'");

    /// <summary>What came to a route, as action, alerts and count.</summary>
    public string[] Told(string route) =>
    [
        .. Receiver.Received.Where(request => request.Path == "/" + route && request.Status == 200).Select(request =>
            $"{request.Json.GetProperty("action").GetString()} {string.Join('+', request.Json.GetProperty("alerts").EnumerateArray().Select(alert => alert.GetProperty("event_uid").GetString()))}"),
    ];

    /// <summary>A connection to the database.</summary>
    public async Task<MySqlConnection> OpenAsync()
    {
        var connection = new MySqlConnection(Database.ConnectionString + ";AllowUserVariables=true");
        await connection.OpenAsync(GiveUp);
        return connection;
    }

    public async ValueTask DisposeAsync()
    {
        giveUp.Dispose();
        await Receiver.DisposeAsync();
    }
}
