using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Ecart.App.Tests.Serve;
using Ecart.App.Tests.Serve.Access;
using Ecart.MariaDb.Access;
using Ecart.Simulation;
using Ecart.Streaming.Messages;
using Ecart.TestKit;
using MySqlConnector;
using Xunit;

namespace Ecart.Browser.Tests;

/// <summary>A running service whose store holds some weeks of a simulated bank with fraud in it, ended today.</summary>
internal sealed class StockedConsole : IAsyncDisposable
{
    private const int Days = 45;
    private const int DaysUndecided = 4;
    private const int EventsOfRequest = 1000;

    private int guests;

    private StockedConsole(RunningService service, string session)
    {
        Service = service;
        Session = session;
    }

    /// <summary>The service.</summary>
    public RunningService Service { get; }

    /// <summary>A session of an administrator.</summary>
    public string Session { get; }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Starts one.</summary>
    public static async Task<StockedConsole> StartAsync(MariaDbFixture server)
    {
        RunningService service = await RunningService.StartAsync(server);
        try
        {
            await StockAsync(service.Address);
            using Visitor ada = await Visitor.SignedInAsync(service, "ada", AccessRole.Admin);
            return new StockedConsole(service, ada.Session!);
        }
        catch
        {
            await service.DisposeAsync();
            throw;
        }
    }

    /// <summary>The path of a link that invites a person whom nobody invited before, good once.</summary>
    public Task<string> InviteAsync() => Invitation.MakeAsync(Service, $"guest-{++guests}");

    /// <summary>One value of the database, as text.</summary>
    public async Task<string?> TextAsync(string sql)
    {
        await using var connection = new MySqlConnection(Service.Database);
        await connection.OpenAsync(Cancellation);
        await using var command = new MySqlCommand(sql, connection);
        return Convert.ToString(await command.ExecuteScalarAsync(Cancellation), CultureInfo.InvariantCulture);
    }

    /// <summary>Sends an event that is flagged whatever threshold somebody has set: a huge amount, by a card that was in another country minutes before.</summary>
    public async Task RaiseAlertAsync()
    {
        string account = $"raised-{++guests}";
        await PayAsync(account, "home", 20, "FR");
        HttpAnswer answer = await PayAsync(account, "away", 60_000, "JP");
        Assert.True(answer.Is("is_anomaly"), answer.Json.GetRawText());
    }

    private async Task<HttpAnswer> PayAsync(string account, string place, int amount, string country)
    {
        HttpAnswer answer = await Service.PostAsync(
            "/v1/events",
            $$$"""
               {"event_uid": "{{{account}}}-{{{place}}}", "domain": "transactions", "entities": {"account": "{{{account}}}", "merchant": "M1"},
                "occurred_at": "2026-03-01T10:{{{(place == "home" ? "00" : "05")}}}:00Z", "data": {"amount": {{{amount}}}, "channel": "pos", "country": "{{{country}}}"}}
               """);
        Assert.True(answer.Status == HttpStatusCode.OK, answer.Json.GetRawText());
        return answer;
    }

    public ValueTask DisposeAsync() => Service.DisposeAsync();

    private static async Task StockAsync(Uri address)
    {
        var world = new TransactionSimulatorOptions
        {
            Accounts = 120,
            Merchants = 60,
            Days = Days,
            Start = TimeProvider.System.GetUtcNow().UtcDateTime.Date.AddDays(-Days),
            IncidentsPerDay = 5,
        };
        using var client = new HttpClient { BaseAddress = address };
        DateTime decidedUntil = world.Start.AddDays(Days - DaysUndecided);
        foreach (SimulatedTransaction[] some in new TransactionSimulator(world).Generate().Chunk(EventsOfRequest))
        {
            HashSet<string> flagged = [];
            foreach (JsonElement result in await PostAsync(client, "/v1/events", some.Select(simulated => Encoding.UTF8.GetString(TransactionJson.Write(simulated.Event)))))
                if (result.GetProperty("is_anomaly").GetBoolean()) flagged.Add(result.GetProperty("event_uid").GetString()!);
            // People decided what was flagged, and victims reported the rest.
            string[] labels =
            [
                .. some.Where(simulated => simulated.Event.OccurredAt < decidedUntil && (simulated.IsFraud || flagged.Contains(simulated.Event.EventUid)))
                    .Select(simulated => Posted.Label(simulated.Event.EventUid, simulated.IsFraud)),
            ];
            if (labels.Length > 0) await PostAsync(client, "/v1/labels", labels);
        }
    }

    private static async Task<JsonElement[]> PostAsync(HttpClient client, string path, IEnumerable<string> items)
    {
        using var body = new StringContent(Posted.List(items), Encoding.UTF8, "application/json");
        using HttpResponseMessage answer = await client.PostAsync(path, body, Cancellation);
        HttpAnswer read = await HttpAnswer.ReadAsync(answer, Cancellation);
        Assert.True(read.Status == HttpStatusCode.OK, read.Json.GetRawText());
        return read.Results;
    }
}
