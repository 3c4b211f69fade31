using System.Net;
using System.Text;
using Ecart.App.Tests.Serve;
using Ecart.App.Tests.Serve.Access;
using Ecart.MariaDb.Access;
using Ecart.Simulation;
using Ecart.Streaming.Messages;
using Ecart.TestKit;
using Xunit;

namespace Ecart.Browser.Tests;

/// <summary>A running service whose store holds some weeks of a simulated bank with fraud in it, ended today.</summary>
internal sealed class StockedConsole : IAsyncDisposable
{
    private const int Days = 45;
    private const int EventsOfRequest = 1000;

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

    /// <summary>The path of a link that invites a person, good once.</summary>
    public Task<string> InviteAsync(string name) => Invitation.MakeAsync(Service, name);

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
        foreach (SimulatedTransaction[] some in new TransactionSimulator(world).Generate().Chunk(EventsOfRequest))
        {
            using var body = new StringContent(
                $"[{string.Join(',', some.Select(simulated => Encoding.UTF8.GetString(TransactionJson.Write(simulated.Event))))}]", Encoding.UTF8, "application/json");
            using HttpResponseMessage answer = await client.PostAsync("/v1/events", body, Cancellation);
            Assert.True(answer.StatusCode == HttpStatusCode.OK, await answer.Content.ReadAsStringAsync(Cancellation));
        }
    }
}
